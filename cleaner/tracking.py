"""The parameters of an address that tell where a visitor came from, not what is shown."""

import re
from typing import Final

TRACKING: Final = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id"
    r"|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|__hs\w+|hsctatracking|vero_id|oly_enc_id"
    r"|oly_anon_id|wickedid|_openstat|spm|scm|cmpid|ns_campaign|ns_source|ns_mchannel|s_cid"
    r"|pk_\w+|piwik_\w+|mtm_\w+|matomo_\w+|at_medium|at_campaign|_ga|_gl|ref_src|ref_url|xtor"
    r"|srsltid|gad_\w+|ysclid|rdt_cid|epik|mibextid|ck_subscriber_id|_bhlid|sfmc_\w+|hsa_\w+"
    r"|wt[._]mc(?:_id)?)",
    re.IGNORECASE,
)
