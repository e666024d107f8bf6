"""settings: how Scrapy is set up for a plan. Only what is named here is switched on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.scrape.plan import Plan

_SCRAPY = "scrapy.downloadermiddlewares"
_HTTP = "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"

_RENDER = "cleaner.scrape.render_handler.RenderHandler"


def settings(plan: Plan) -> dict[str, Any]:
    """Return the settings of Scrapy."""
    middlewares: dict[str, int] = {
        f"{_SCRAPY}.downloadtimeout.DownloadTimeoutMiddleware": 350,
        f"{_SCRAPY}.defaultheaders.DefaultHeadersMiddleware": 400,
        f"{_SCRAPY}.useragent.UserAgentMiddleware": 500,
        f"{_SCRAPY}.httpcompression.HttpCompressionMiddleware": 590,
        "cleaner.scrape.spider.KeepRaw": 895,
    }
    if plan.cookies:
        middlewares[f"{_SCRAPY}.cookies.CookiesMiddleware"] = 700
    handler = _RENDER if plan.render else _HTTP
    made: dict[str, Any] = {
        "BOT_NAME": "page-cleaner",
        "USER_AGENT": plan.user_agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        },
        # The frontier times the requests; Scrapy must not hold them back once more.
        "CONCURRENT_REQUESTS": 2 * plan.hosts,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_TIMEOUT": plan.timeout,
        "DOWNLOAD_MAXSIZE": plan.max_size,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS_BASE": {"http": handler, "https": handler},
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES": middlewares,
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "RENDER_ALLOW_PRIVATE": plan.allow_private,
        "COOKIES_ENABLED": plan.cookies,
        "REFERER_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingHostnameResolver",
        "LOG_ENABLED": False,
        "STATS_DUMP": False,
    }
    if plan.cache:
        middlewares[f"{_SCRAPY}.httpcache.HttpCacheMiddleware"] = 900
        made |= {
            "HTTPCACHE_ENABLED": True,
            "HTTPCACHE_DIR": str(plan.cache.absolute()),
            "HTTPCACHE_POLICY": "cleaner.scrape.cache.Policy",
            "HTTPCACHE_STORAGE": "cleaner.scrape.cache.SqliteStorage",
        }
    return made
