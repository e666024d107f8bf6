import pytest

from cleaner.markers import load_lexicon
from cleaner.markers.detect import detect

TEXTS = {
    "no": "Det ble ikke noe av turen, for været var ikke bra nok, og så gikk han hjem etter en.",
    "da": "Det blev ikke til noget med turen, for vejret var ikke godt nok, og så gik han hjem.",
    "sv": "Det blev inte någon resa, för vädret var inte bra, och sedan gick han hem efter en.",
    "de": "Aus der Reise ist nichts geworden, und das Wetter war auch nicht gut, also ging er.",
    "en": "The trip was off, for the weather was not good, and he went home after an hour of.",
    "fr": "Le voyage est annulé, car il ne fait pas beau, et il est rentré chez lui avec les.",
    "es": "El viaje no fue posible por el mal tiempo, y él se fue a su casa con los otros del.",
    "pl": "Nie było wycieczki, bo pogoda nie była dobra, i po godzinie poszedł do domu, jak się.",
    "ru": "Поездки не было, потому что погода была плохой, и он пошёл домой, как и все остальные.",
    "uk": "Поїздки не було, тому що погода була поганою, і він пішов додому, як і всі інші, що.",
    "ar": "لم تكن الرحلة ممكنة في هذا الطقس، وقد عاد إلى البيت مع الآخرين بعد ساعة من الانتظار",
    "fa": "این سفر به خاطر هوای بد انجام نشد و او بعد از یک ساعت به خانه رفت که در آن شب است",
    "ja": "天気が悪かったので旅行は中止になり、彼は一時間ほど待ってから家に帰りました。",
    "zh": "因为天气不好，旅行取消了，他等了一个小时就回家了，我们也都是这样的。",
    "th": "การเดินทางถูกยกเลิกเพราะอากาศไม่ดี และเขาก็กลับบ้านไปในที่สุด",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_is_told_from_its_own_stop_words(language):
    assert detect([TEXTS[language]], load_lexicon()) == language


def test_too_little_text_names_no_language():
    assert detect([], load_lexicon()) is None
    assert detect(["Oslo", "123"], load_lexicon()) is None
