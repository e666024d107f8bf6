import pytest

from .pages import HEADING, json_ld, metadata


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "By Ada Holm"),
        ("nb", "Av Ada Holm"),
        ("sv", "Av: Ada Holm"),
        ("da", "Af Ada Holm"),
        ("de", "Von Ada Holm"),
        ("nl", "Door Ada Holm"),
        ("fr", "Par Ada Holm"),
        ("es", "Por Ada Holm"),
        ("pt-BR", "Por Ada Holm"),
        ("it", "Di Ada Holm"),
        ("pl", "Przez Ada Holm"),
        ("fr", "Écrit par Ada Holm"),
        ("pt-BR", "Por Ada Holm, K2 Porto"),
        ("tl", "Ni Ada Holm"),
        ("fr", "Soumis par Ada Holm le 03/03/2025 - 12:00"),
        ("en", "Written by: Ada Holm"),
        ("en", "— By Ada Holm, Senior Editor"),
        ("en", "By Ada Holm | 4 March 2024"),
        ("en", "By Ada Holm March 4, 2024"),
    ],
)
def test_a_byline_under_the_title_names_the_author(lang, line):
    found = metadata("", f"{HEADING}<p>{line}</p><p>The boats…</p>", lang=lang)
    assert found.authors == ("Ada Holm",)
    assert found.sources["authors"].name == "byline"


@pytest.mark.parametrize(
    ("lang", "line", "name"),
    [
        ("cs", "Napsala: Jana Holá", "Jana Holá"),
        ("de", "Eingestellt von Lena Wolf um 10:05", "Lena Wolf"),
        ("fr", "Par Luc Petit avec AFP", "Luc Petit"),
        ("zh-TW", "（記者李明／台北報導）", "李明"),
        ("zh-TW", "記者 李明 台北報導", "李明"),
        ("zh-CN", "本报记者 李明", "李明"),
        ("ja", "文・写真＝田中太郎", "田中太郎"),
        ("ka", "ავტორი: გიორგი ბერიძე", "გიორგი ბერიძე"),
        ("te", "రచయిత: రమేష్ కుమార్", "రమేష్ కుమార్"),
        ("uz", "Muallif: Ali Valiyev", "Ali Valiyev"),
        ("en", "(By Ada Holm)", "Ada Holm"),
        ("en", "This post was written by Ada Holm, a pilot", "Ada Holm"),
        ("nb", "Av journalist Kari Lie", "Kari Lie"),
        ("sv", "Reporter: Eva Ström", "Eva Ström"),
        ("de", "Ein Beitrag von Lena Wolf", "Lena Wolf"),
        ("de", "Autor/in: Lena Wolf", "Lena Wolf"),
        ("fr", "Propos recueillis par Luc Petit", "Luc Petit"),
        ("it", "testo di Luca Riva - foto di Anna Neri", "Luca Riva"),
        ("pl", "oprac. Ewa Nowak", "Ewa Nowak"),
        ("tr", "Muhabir: Ali Kaya", "Ali Kaya"),
        ("zh", "作者：李明 编辑：王芳", "李明"),
        ("sk", "Napísal Ján Horák", "Ján Horák"),
        ("hu", "Írta: Kiss Anna", "Kiss Anna"),
        ("hr", "Piše: Ana Horvat", "Ana Horvat"),
        ("sr", "Пише: Ана Петровић", "Ана Петровић"),
        ("sl", "Avtor: Ana Kovač", "Ana Kovač"),
        ("fi", "Kirjoittanut Aino Laine", "Aino Laine"),
        ("et", "Kirjutas Anu Tamm", "Anu Tamm"),
        ("lt", "Parašė Ona Kazlauskė", "Ona Kazlauskė"),
        ("el", "Γράφει η Άννα Λιάκου", "Άννα Λιάκου"),
        ("tr", "Yazar: Ayşe Demir", "Ayşe Demir"),
        ("uk", "Текст: Олена Коваль", "Олена Коваль"),
        ("vi", "Tác giả: Trần Mai", "Trần Mai"),
        ("id", "Penulis: Dewi Sari", "Dewi Sari"),
        ("ms", "Oleh Aminah Hassan", "Aminah Hassan"),
        ("th", "โดย สมหญิง ใจดี", "สมหญิง ใจดี"),
        ("ar", "بقلم: ليلى حسن", "ليلى حسن"),
        ("fa", "نویسنده: مریم کریمی", "مریم کریمی"),
        ("he", "מאת: רות לוי", "רות לוי"),
        ("hi", "लेखक: मीना शर्मा", "मीना शर्मा"),
        ("hi", "मीना शर्मा द्वारा", "मीना शर्मा"),
        ("zh-TW", "文／林小美", "林小美"),
        ("zh", "作者：林小美", "林小美"),
        ("zh-TW", "記者 林小美／台北報導", "林小美"),
        ("ja", "文＝山本花子", "山本花子"),
        ("ja", "山本花子 記者", "山本花子"),
        ("ko", "김하늘 기자", "김하늘"),
        ("ko", "글쓴이: 김하늘", "김하늘"),
        ("af", "Deur Ada Holm", "Ada Holm"),
        ("cy", "Gan Ada Holm", "Ada Holm"),
        ("de", "Text: Ada Holm | Fotos: Bo Lund", "Ada Holm"),
        ("nb", "Tekst og foto: Ada Holm", "Ada Holm"),
        ("nb", "TEKST OG FOTO: ADA HOLM", "ADA HOLM"),
        ("it", "Testo e foto di Ada Holm", "Ada Holm"),
        ("hu", "Fotók és szöveg: Nagy Ilona", "Nagy Ilona"),
        ("fr", "Texte : Ada Holm", "Ada Holm"),
        ("ru", "Текст: Анна Иванова Фото: Иван Петров", "Анна Иванова"),
        ("en", "Posted on 4 March 2024 by Ada Holm", "Ada Holm"),
        ("de", "Veröffentlicht am 04.03.2024 von Ada Holm", "Ada Holm"),
        ("fr", "Rédigé par Ada Holm le 4 mars 2024", "Ada Holm"),
        ("es", "Publicado por Ada Holm el 4 de marzo de 2024", "Ada Holm"),
        ("da", "Skrevet af Ada Holm den 4. marts 2024", "Ada Holm"),
        ("zh", "2024年03月04日 12:30 来源：海港网 作者：林小美", "林小美"),
        ("en", "Submitted by <a>Ada Holm</a> on <b>4 March 2024</b>", "Ada Holm"),
        ("en", "By <b>Ada Holm</b>, ada@post.example", "Ada Holm"),
        ("en", "By Ada Holm (@adaholm)", "Ada Holm"),
        ("hy", "Հեղինակ՝ <b>Անի Սարգսյան</b>", "Անի Սարգսյան"),
        ("hy", "Հեղինակ՝ Անի Սարգսյան", "Անի Սարգսյան"),
        ("de", "Ein Gastbeitrag von Ada Holm", "Ada Holm"),
        ("de", "Redaktion: Ada Holm", "Ada Holm"),
        ("fr", "De notre correspondante Ada Holm", "Ada Holm"),
        ("es", "Redacción: Ada Holm", "Ada Holm"),
        ("pt", "Reportagem: Ada Holm", "Ada Holm"),
        ("sv", "Skribent: Ada Holm", "Ada Holm"),
        ("nb", "Journalist Ada Holm", "Ada Holm"),
        ("fi", "Toimittaja Ada Holm", "Ada Holm"),
        ("pl", "Opracowanie: Ada Holm", "Ada Holm"),
        ("lt", "Parengė Ada Holm", "Ada Holm"),
        ("tr", "Ada Holm tarafından", "Ada Holm"),
        ("vi", "Bài và ảnh: Ada Holm", "Ada Holm"),
        ("tl", "Isinulat ni Ada Holm", "Ada Holm"),
        ("sw", "Imeandikwa na Ada Holm", "Ada Holm"),
        ("ru", "Автор статьи: Анна Ильина", "Анна Ильина"),
        ("el", "Γράφει: Νίκος Γεωργίου", "Νίκος Γεωργίου"),
        ("ar", "بواسطة أحمد سالم", "أحمد سالم"),
        ("fa", "خبرنگار:مریم کاظمی", "مریم کاظمی"),
        ("he", "על ידי דנה לוי", "דנה לוי"),
        ("km", "ដោយ៖ សុខ ដារ៉ា", "សុខ ដារ៉ា"),
        ("lo", "ໂດຍ ສົມສັກ ໃຈດີ", "ສົມສັກ ໃຈດີ"),
        ("ja", "文=田中花子", "田中花子"),
        ("ja", "文・田中花子", "田中花子"),
        ("zh", "作者丨王海燕", "王海燕"),
        ("zh", "文 | 王海燕", "王海燕"),
        ("zh-TW", "記者 林美玲 報導", "林美玲"),
        ("ko", "기자명 김도윤 기자", "김도윤"),
        ("ro", "Publicat pe <time>4 martie 2024</time> de către <a>Ada Holm</a>", "Ada Holm"),
        ("fa", "نوشته شده در اسفند ۱۴, ۱۴۰۲ <b>توسط <a>مریم کاظمی</a></b>", "مریم کاظمی"),
    ],
)
def test_bylines_of_more_languages_are_read(lang, line, name):
    found = metadata("", f"{HEADING}<p>{line}</p><p>…</p>", lang=lang)
    assert found.authors == (name,)
    assert found.sources["authors"].name == "byline"


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("zh", "文化"),
        ("ko", "기자 모집"),
        ("ja", "文字の大きさ"),
        ("tr", "haberler"),
        ("en", "On 4 March 2024 the boat was built by Ada Holm"),
        ("he", "כתבה על הים"),
    ],
)
def test_words_that_only_begin_like_bylines_are_none(lang, line):
    assert metadata("", f"{HEADING}<p>{line}</p>", lang=lang).authors == ()


def test_a_russian_byline_is_read():
    found = metadata("", f"{HEADING}<p>Автор: Анна Иванова</p>", lang="ru")
    assert found.authors == ("Анна Иванова",)


def test_all_names_of_a_byline_in_links_are_found():
    line = "<p>By <a>Ada Holm</a>, <a>Li Wei</a> and <a>Jo de Vries</a></p>"
    assert metadata("", HEADING + line).authors == ("Ada Holm", "Li Wei", "Jo de Vries")


def test_a_sentence_that_begins_with_by_is_no_byline():
    assert metadata("", f"{HEADING}<p>By noon all boats were home.</p>").authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "<p>I have been reading <a>Fog at Sea</a> by Jo Lee.</p>",
        "<p>By January, the ferry was back.</p>",
        "<p>By Easter, all boats were home.</p>",
        "<nav><a>By Industry</a></nav>",
        "<div class='sidebar'><p>By Jo Lee</p></div>",
    ],
)
def test_only_the_start_of_a_text_of_the_page_itself_goes_before_json_ld(line):
    node = json_ld({"@type": "Article", "author": {"@type": "Person", "name": "Ada Holm"}})
    assert metadata(node, HEADING + line).authors == ("Ada Holm",)


def test_a_german_page_with_the_word_by_in_another_language_is_no_byline():
    assert metadata("", f"{HEADING}<p>Por Favor</p>", lang="de").authors == ()


def test_a_list_of_recent_posts_is_no_byline():
    head = '<meta name="author" content="Ada Holm">'
    assert metadata(head, "<h1>Knots</h1><p>Author Recent Posts</p>").author == "Ada Holm"


@pytest.mark.parametrize("day", ["Dec. 19, 2025 ·", "3 March 2025 |", "2025-03-03 —"])
def test_the_day_before_a_name_in_one_element_is_no_part_of_it(day):
    body = f"{HEADING}<p class='byline'>{day} Ada Holm on behalf of the crew</p>"
    assert metadata("", body).authors == ("Ada Holm",)


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("es", "POR ADA MARÍA HOLM Y JO LUIS BERG"),
        ("pt", "Por <b>Ada María Holm</b> e <b>Jo Luis Berg</b>, Porto"),
        ("pt", "Por Ada María Holm e Jo Luis Berg, g3 — Porto"),
        ("fr", "Par Ada María Holm (à Lyon) et Jo Luis Berg"),
        ("en", "By Ada María Holm, Jo Luis Berg, Associated Press"),
        ("nl", "Door onze redacteuren Ada María Holm en Jo Luis Berg"),
        ("hu", "Írta: Ada María Holm és Jo Luis Berg"),
        ("id", "Oleh Ada María Holm dan Jo Luis Berg"),
        ("vi", "Tác giả: Ada María Holm và Jo Luis Berg"),
        ("pl", "Autorzy: Ada María Holm i Jo Luis Berg"),
        ("tr", "Yazarlar: Ada María Holm, Jo Luis Berg"),
        ("eu", "Egileak: Ada María Holm eta Jo Luis Berg"),
        ("sq", "Nga Ada María Holm dhe Jo Luis Berg"),
    ],
)
def test_both_names_of_a_byline_are_found_whatever_joins_and_follows_them(lang, line):
    found = metadata("", f"{HEADING}<p>{line}</p><p>a</p>", lang=lang)
    assert tuple(name.title() for name in found.authors) == ("Ada María Holm", "Jo Luis Berg")


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Holm | ada@example.org | The Post",
        "By Ada Holm ada.holm@example.org",
        "By Ada Holm (@adaholm)",
        "By Ada Holm @adaholm",
    ],
)
def test_an_address_or_a_handle_after_a_name_is_cut_off(line):
    assert metadata("", f"{HEADING}<p>{line}</p>").authors == ("Ada Holm",)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("NTB", ("NTB",)),
        ("/ritzau/", ("ritzau",)),
        ("(dpa)", ("dpa",)),
        ("ČTK, Petr Holý", ("ČTK", "Petr Holý")),
        ("新华社", ("新华社",)),
        ("PDF", ()),
    ],
)
def test_an_agency_that_stands_alone_under_the_title_is_the_author(line, authors):
    head = '<meta property="og:type" content="article">'
    assert metadata(head, f"{HEADING}<p>{line}</p><p>a</p>").authors == authors
    by = f"{HEADING}<p>{line}</p><p>By Ada Holm</p>"
    assert metadata(head, by).authors == ("Ada Holm",)


def test_an_italian_desk_of_an_agency_is_an_author():
    found = metadata("", f"{HEADING}<p>di Redazione ANSA</p>", lang="it")
    assert found.authors == ("Redazione ANSA",)


def test_a_line_of_a_wiki_for_the_screen_alone_is_no_author():
    line = '<div class="noprint">From Harbour Wiki</div>'
    body = f"<h1>Tar</h1>{line}<p>Last edited on 4 March 2024</p>"
    assert metadata("", body).authors == ()


def test_a_link_to_all_authors_names_none():
    head = '<meta property="og:type" content="article">'
    box = '<div class="author-box"><a href="/authors/">Our Authors</a></div>'
    body = f"{HEADING}{box}<p>4 March 2024</p>"
    assert metadata(head, body).authors == ()


def test_a_vietnamese_day_of_the_week_is_no_author():
    body = f"{HEADING}<p>Thứ Hai, ngày 04/03/2024</p>"
    assert metadata("", body, lang="vi").authors == ()


def test_a_byline_in_capitals_is_written_as_the_head_has_it():
    head, body = '<meta name="author" content="Ada McHolm">', f"{HEADING}<p>By ADA MCHOLM</p>"
    assert metadata(head, body).authors == ("Ada McHolm",)
    assert metadata("", body).authors == ("ADA MCHOLM",)


@pytest.mark.parametrize("line", ["Por Ada Holm", "Von Ada Holm", "Di Ada Holm", "Av Ada Holm"])
def test_a_byline_of_a_page_that_names_no_language_is_read(line):
    assert metadata("", f"{HEADING}<p>{line}</p><p>4.3.2006</p>", lang="").authors == ("Ada Holm",)
    assert metadata("", f"{HEADING}<p>Von Holm</p><p>4.3.2006</p>", lang="").authors == (
        "Von Holm",
    )


@pytest.mark.parametrize(
    "line",
    [
        "<b>Ada Holm</b> <a href='mailto:ada'>ada at quay.example</a><br>",
        "<b>From:</b> Ada Holm (<a href='mailto:ada'>ada@quay.example</a>)",
        "<i>To</i>: <a href='mailto:l'>l</a><br><i>Of</i>: Ada Holm &lt;<a href='mailto:a'>a</a>",
    ],
)
def test_a_name_before_a_mail_address_below_the_title_is_the_author(line):
    assert metadata("", f"{HEADING}{line}").authors == ("Ada Holm",)
    assert metadata("", f"{HEADING}{line.replace('mailto:', '/')}").authors == ()


def test_a_declared_author_may_have_an_address():
    head = '<meta name="author" content="Ada Holm (ada@quay.example)">'
    assert metadata(head, HEADING).authors == ("Ada Holm",)
    assert metadata(head.replace("Ada Holm (ada@quay.example)", "ada@quay.example")).authors == ()


def test_the_column_beside_that_of_authors_in_a_thread_names_none():
    head = "<table><tr><th>Author</th><th>Message</th></tr><tr><td>ada</td><td>It is low.</td></tr>"
    assert metadata("", f"{HEADING}{head}</table>").authors == ()


@pytest.mark.parametrize(
    ("line", "lang", "names"),
    [
        ("12 студзеня 2026 | Аўтар: Ада Холм", "be", ("Ада Холм",)),
        ("4 March 2024 | By Ada Holm", "en", ("Ada Holm",)),
        ("Ada Holm skrifar", "is", ("Ada Holm",)),
        ("Skrivað hevur: Ada Holm", "fo", ("Ada Holm",)),
        ("Čállán: Ada Holm", "se", ("Ada Holm",)),
        ("Skrive av Ada Holm", "nn", ("Ada Holm",)),
        ("Le Ada Holm", "ga", ("Ada Holm",)),
        ("द्वारा पोस्ट केलेले मेधा कुलकर्णी", "mr", ("मेधा कुलकर्णी",)),
        ("خبرنگار: نرگس کریمی", "fa", ("نرگس کریمی",)),
        ("本报讯（记者 何雨薇）索道开始试运行。", "zh", ("何雨薇",)),
        ("新华社北京3月4日电（记者何雨薇、陈岚）索道开始试运行。", "zh", ("何雨薇", "陈岚")),
        ("〔記者何雨薇／台北報導〕索道試運行。", "zh-TW", ("何雨薇",)),
        ("[남해=해안] 김도윤 기자 = 보건선이 다시 떴다.", "ko", ("김도윤",)),
        ("索道的记者（何雨薇）没有来。", "zh", ()),
    ],
)
def test_reporters_and_bylines_with_a_day_are_read(line, lang, names):
    assert metadata("", f"{HEADING}<p>{line}</p>", lang=lang).authors == names


@pytest.mark.parametrize(
    ("lang", "line", "names"),
    [
        ("el", "Της Άννας Ηλία και του Πέτρου Βράχου", ("Άννας Ηλία", "Πέτρου Βράχου")),
        ("ar", "بقلم أحمد سالم، هدى منصور", ("أحمد سالم", "هدى منصور")),
        ("hy", "Հեղինակ՝ Անի Սարգսյան և Արամ Պետրոսյան", ("Անի Սարգսյան", "Արամ Պետրոսյան")),
        ("bn", "লেখক: রিমা সেন ও কমল দাস", ("রিমা সেন", "কমল দাস")),
        ("zh", "记者 王海燕 李明", ("王海燕", "李明")),
        ("zh", "文/王海燕，李明", ("王海燕", "李明")),
        ("zh", "文/王海燕 图/李明", ("王海燕",)),
        ("zh", "作者：王海燕 来源：港口日报", ("王海燕",)),
        ("ja", "文：田中花子　写真：佐藤一郎", ("田中花子",)),
        ("ko", "김도윤·박서연 기자", ("김도윤", "박서연")),
        ("ko", "김도윤, 박서연 기자", ("김도윤", "박서연")),
        ("ko", "항구뉴스 김도윤 기자", ("김도윤",)),
        ("ko", "김도윤 선임기자", ("김도윤",)),
        ("ko", "글 김도윤 사진 박서연", ("김도윤",)),
    ],
)
def test_those_who_wrote_are_told_from_one_another_and_from_who_did_the_rest(lang, line, names):
    assert metadata("", f"{HEADING}<p>{line}</p><p>…</p>", lang=lang).authors == names


def test_a_byline_in_navigation_leads_to_a_section():
    section = "<h2>Descrizione</h2><p>Il sindaco ha chiuso il molo.</p>"
    list_ = "<ul><li><a href='#da'>A cura di</a></li></ul>"
    assert metadata("", f"{HEADING}<nav>{list_}</nav>{section}", lang="it").authors == ()
    assert metadata("", f"{HEADING}<div>{list_}</div>{section}", lang="it").authors != ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("海岸新闻记者 何雨薇", ("何雨薇",)),
        ("海岸新闻记者 何雨薇 李青", ("何雨薇", "李青")),
        ("海岸讯（记者何雨薇 整合）渔船今天回港。", ("何雨薇",)),
        ("海岸新闻的记者 说渔船今天回港", ()),
    ],
)
def test_a_chinese_paper_names_its_reporters_below_the_title(line, names):
    assert metadata("", f"<h1>渔船回港</h1><p>{line}</p>", lang="zh").authors == names


def test_the_only_byline_of_a_page_may_be_that_of_a_comment():
    told = "<p>tea</p>" * 60 + "<div class={}><p>By Ada Holm</p></div>"
    assert metadata("", HEADING + told.format("writer-box")).authors == ("Ada Holm",)
    assert metadata("", HEADING + told.format("comment-meta")).authors == ()
