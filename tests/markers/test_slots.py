import pytest

from cleaner.markers import is_ad_slot


@pytest.mark.parametrize(
    "name",
    (
        "ad ads ad-slot adSlot googleAds article__ad ad_300x250 ad300 AD c-advert"
        " advertisement dfp-slot gpt-unit sponsored-content promo-box annonse annonse-wrapper"
        " anzeige werbung--mobile reklame publicite publicidad adsbygoogle native-ad"
    ).split(),
)
def test_names_of_ad_slots_are_known(name):
    assert is_ad_slot(name)
    assert is_ad_slot("", name)
    assert is_ad_slot("box", "x1", name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "header",
        "headline",
        "shadow",
        "address",
        "download",
        "adaptive",
        "adjacent",
        "add",
        "admin",
        "reading",
        "loading",
        "badge",
        "gradient",
        "breadcrumb",
        "lead",
        "thread",
        "upload",
        "no-ads",
        "ad-free",
        "has-ads",
        "adblock-off"[2:],
        "hide-ad",
        "chat-gpt",
        "public",
        "republic",
        "Reklamation",
    ],
)
def test_other_names_are_not_taken_for_slots(name):
    assert not is_ad_slot(name)


def test_one_name_among_many_is_enough():
    assert is_ad_slot("col col-6 js-load ad-slot")
