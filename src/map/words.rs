//! The words of the furniture, in the languages of the region.

use super::symbol::{Mode, Point, State, Symbol, Weight};
use crate::model::Status;

/// A word in English, Azerbaijani, Armenian and Russian.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word(pub [&'static str; 4]);

impl Word {
    /// The word in a language; English where there is none.
    pub(crate) fn get(&self, language: &str) -> &'static str {
        let [en, az, hy, ru] = self.0;
        match language {
            "az" => az,
            "hy" => hy,
            "ru" => ru,
            _ => en,
        }
    }

    /// The words in a language with values for {1}, {2} …
    pub(crate) fn with(&self, language: &str, values: &[String]) -> String {
        let numbered = values.iter().enumerate();
        numbered.fold(self.get(language).to_owned(), |text, (i, value)| text.replace(&format!("{{{}}}", i + 1), value))
    }
}

/// The languages that the furniture speaks.
pub(crate) const LANGUAGES: [&str; 4] = ["en", "az", "hy", "ru"];

pub(crate) const LEGEND: Word = Word(["Legend", "Şərti işarələr", "Պայմանական նշաններ", "Условные обозначения"]);
pub(crate) const SCALE: Word = Word(["Scale", "Miqyas", "Մասշտաբ", "Масштаб"]);
pub(crate) const SOURCES: Word = Word(["Sources", "Mənbələr", "Աղբյուրներ", "Источники"]);
pub(crate) const ALLOWED: Word =
    Word(["Allowed to pass", "Buraxılmış qeydlər", "Թույլատրված դիտողություններ", "Пропущенные замечания"]);
pub(crate) const LOCATION: Word = Word(["Location", "Yerləşmə", "Դիրք", "Положение"]);
pub(crate) const ROUTES: Word = Word(["Routes", "Marşrutlar", "Երթուղիներ", "Маршруты"]);
pub(crate) const SHEET: Word = Word(["Sheet", "Vərəq", "Թերթ", "Лист"]);
pub(crate) const EDITION: Word = Word(["edition", "nəşr", "հրատարակություն", "издание"]);
pub(crate) const DATA_OF: Word = Word(["data of", "məlumatın tarixi:", "տվյալները՝", "данные:"]);
pub(crate) const CROSSINGS: Word = Word(["Crossings", "Kəsişmələr", "Հատումներ", "Пересечения"]);
pub(crate) const PROFILE: Word = Word(["Profile", "Profil", "Պրոֆիլ", "Профиль"]);
pub(crate) const LENGTH: Word = Word([
    "Length {1} km on the WGS 84 ellipsoid",
    "Uzunluq WGS 84 ellipsoidi üzərində {1} km",
    "Երկարությունը WGS 84 էլիպսոիդի վրա՝ {1} կմ",
    "Длина на эллипсоиде WGS 84: {1} км",
]);
/// After the length of an indicative route.
pub(crate) const JOINED: Word = Word([
    " (indicative: waypoints joined by straight lines)",
    " (göstərici: məlum nöqtələr düz xətlərlə birləşdirilib)",
    " (ցուցիչ. հայտնի կետերը միացված են ուղիղ գծերով)",
    " (ориентировочно: известные точки соединены прямыми)",
]);
pub(crate) const PUBLISHED: Word =
    Word(["; published {1} km", "; dərc olunmuş: {1} km", "; հրապարակված՝ {1} կմ", "; опубликовано: {1} км"]);
pub(crate) const PUBLISHED_BETWEEN: Word = Word([
    "; published {1} to {2} km",
    "; dərc olunmuş: {1}–{2} km",
    "; հրապարակված՝ {1}–{2} կմ",
    "; опубликовано: {1}–{2} км",
]);
/// Heads of the table of crossings of a profile: number, chainage, passage, position, remark.
pub(crate) const CROSSING_COLUMNS: [Word; 5] = [
    Word(["No.", "№", "№", "№"]),
    Word(["Chainage", "Başlanğıcdan məsafə", "Հեռավորությունը սկզբից", "Расстояние от начала"]),
    Word(["Passes", "Keçid", "Անցում", "Переход"]),
    Word(["Longitude, latitude", "Uzunluq, enlik", "Երկայնություն, լայնություն", "Долгота, широта"]),
    Word(["Remark", "Qeyd", "Նշում", "Примечание"]),
];
pub(crate) const UNCERTAIN: Word = Word(["uncertain", "qeyri-dəqiq", "անորոշ", "неточно"]);
pub(crate) const DASHED_MARKS: Word = Word([
    "Dashed marks: the positions' accuracy leaves open whether and where the route crosses. ",
    "Qırıq işarələr: mövqelərin dəqiqliyi kəsişməni müəyyən etməyə imkan vermir. ",
    "Կետագիծ նշաններ. դիրքերի ճշտությունը թույլ չի տալիս որոշել հատումը։ ",
    "Пунктирные знаки: точность положений не позволяет определить место пересечения. ",
]);
pub(crate) const LINE_OF: Word = Word(["Line of", "Xətt:", "Գիծ՝", "Линия из"]);
pub(crate) const OUTSIDE: Word = Word(["outside", "xaricdə", "դրսում", "вне"]);
pub(crate) const CLAIMED_BY: Word = Word(["claimed by", "iddia edən:", "պահանջող՝", "притязание:"]);
pub(crate) const PROPOSED_BY: Word = Word(["proposed by", "təklif edən:", "առաջարկող՝", "предложено:"]);
pub(crate) const CROSSINGS_UNCERTAIN: Word = Word([
    "Hollow: uncertain. The positions' accuracy leaves open whether and where the route crosses there.",
    "İçi boş: qeyri-dəqiq. Mövqelərin dəqiqliyi kəsişməni müəyyən etməyə imkan vermir.",
    "Դատարկ նշան՝ անորոշ. դիրքերի ճշտությունը թույլ չի տալիս որոշել հատումը։",
    "Полый знак: неточно. Точность положений не позволяет определить место пересечения.",
]);
pub(crate) const LEDGER: Word = Word(["Ledger", "Torpaq hesabı", "Հողային հաշվեկշիռ", "Земельный баланс"]);
pub(crate) const TRANSCRIPTIONS: Word = Word([
    "Names in grey italics are transcriptions of the other language's name.",
    "Boz maili adlar başqa dildəki adın transkripsiyasıdır.",
    "Մոխրագույն շեղատառ անունները մյուս լեզվի անվան տառադարձություններն են։",
    "Серым курсивом даны транскрипции названий на другом языке.",
]);
pub(crate) const INDICATIVE: Word = Word([
    "Indicative: joins known waypoints by straight lines; lengths and crossings along it are not exact.",
    "Göstərici: məlum nöqtələri düz xətlərlə birləşdirir; uzunluqlar və kəsişmələr dəqiq deyil.",
    "Ցուցիչ. հայտնի կետերը միացնում է ուղիղ գծերով. երկարություններն ու հատումները ճշգրիտ չեն։",
    "Ориентировочно: известные точки соединены прямыми; длины и пересечения неточны.",
]);
pub(crate) const DISCLAIMER: Word = Word([
    "The boundaries, names and statuses shown imply no opinion on the legal status of any territory or on the course of any boundary.",
    "Göstərilən sərhədlər, adlar və statuslar hər hansı ərazinin hüquqi statusu və ya hər hansı sərhədin keçməsi barədə mövqe bildirmir.",
    "Ցուցադրված սահմանները, անունները և կարգավիճակները որևէ տարածքի իրավական կարգավիճակի կամ որևէ սահմանի անցման վերաբերյալ դիրքորոշում չեն արտահայտում։",
    "Показанные границы, названия и статусы не выражают мнения о правовом статусе какой-либо территории или о прохождении какой-либо границы.",
]);
/// Along a proposed line.
pub(crate) const PROPOSAL: Word = Word(["PROPOSAL", "TƏKLİF", "ԱՌԱՋԱՐԿ", "ПРЕДЛОЖЕНИЕ"]);
/// Land from one territory to another. The codes take no endings: an arrow says it where a language would want one.
pub(crate) const PASSES: Word = Word(["from {1} to {2}", "{1} → {2}", "{1} → {2}", "{1} → {2}"]);
pub(crate) const STAYS: Word = Word(["stays {1}", "qalır: {1}", "մնում է՝ {1}", "остаётся: {1}"]);
pub(crate) const NOTHING_PASSES: Word =
    Word(["No land passes.", "Heç bir torpaq keçmir.", "Ոչ մի հող չի փոխանցվում։", "Земля не передаётся."]);
pub(crate) const HELD_BY: Word = Word(["held by {1}", "nəzarət edən: {1}", "վերահսկող՝ {1}", "под контролем: {1}"]);
pub(crate) const NOT_STATED: Word = Word(["not stated", "göstərilməyib", "նշված չէ", "не указано"]);
pub(crate) const LEDGER_NOTE: Word = Word([
    "Proposed by: {1}. Areas on the WGS 84 ellipsoid.",
    "Təklif edən: {1}. Sahələr WGS 84 ellipsoidi üzərindədir.",
    "Առաջարկող՝ {1}։ Մակերեսները՝ WGS 84 էլիպսոիդի վրա։",
    "Предложено: {1}. Площади на эллипсоиде WGS 84.",
]);
pub(crate) const STAMP: Word = Word([
    "PROPOSAL – not agreed",
    "TƏKLİF – razılaşdırılmayıb",
    "ԱՌԱՋԱՐԿ – համաձայնեցված չէ",
    "ПРЕДЛОЖЕНИЕ – не согласовано",
]);

/// What the legend says of a symbol; a region stands under its own name.
pub(crate) fn symbol(symbol: &Symbol) -> Word {
    match symbol {
        Symbol::Region { .. } => Word([""; 4]),
        Symbol::Territories => Word([
            "Territories; neighbours differ in hue",
            "Ərazilər; qonşular rənglə fərqlənir",
            "Տարածքներ. հարևանները տարբեր գույնի են",
            "Территории; соседние различаются цветом",
        ]),
        Symbol::Neighbour => Word(["Other state", "Digər dövlət", "Այլ պետություն", "Другое государство"]),
        Symbol::Water => Word(["Water", "Su", "Ջուր", "Вода"]),
        Symbol::Shore => Word(["Coast", "Sahil xətti", "Ափագիծ", "Берег"]),
        Symbol::Boundary(Weight::State, status, _) => state_line(*status),
        Symbol::Boundary(Weight::Unit, status, _) => unit_line(*status),
        Symbol::Boundary(Weight::Sheet, ..) => {
            Word(["Frame of a map sheet", "Xəritə vərəqinin çərçivəsi", "Քարտեզի թերթի շրջանակ", "Рамка листа карты"])
        }
        Symbol::Route(mode, state, ..) => route(*mode, *state),
        Symbol::Point(p) => point(*p),
        Symbol::Opinion(..) => Word(["Outline by", "Digər mənbə:", "Այլ աղբյուր՝", "Контур по источнику:"]),
        Symbol::Crossing(false) => {
            Word(["Crossing of a route", "Marşrutun kəsişməsi", "Երթուղու հատում", "Пересечение маршрутом"])
        }
        Symbol::Crossing(true) => Word([
            "Crossing of a route, uncertain",
            "Marşrutun kəsişməsi, qeyri-dəqiq",
            "Երթուղու հատում, անորոշ",
            "Пересечение маршрутом, неточное",
        ]),
        Symbol::Passes => Word(["Land that passes", "Keçən torpaq", "Փոխանցվող հող", "Передаваемая земля"]),
        Symbol::Stays => Word(["Land that stays", "Qalan torpaq", "Մնացող հող", "Остающаяся земля"]),
        Symbol::InsetBox => Word(["Shown in an inset", "Əlavə xəritədə", "Ներդիրում", "Показано на врезке"]),
    }
}

/// What a legend entry adds for a course that is only indicated.
pub(crate) const INDICATIVE_MARK: Word = Word(["indicative", "göstərici", "ցուցիչ", "ориентировочно"]);

fn state_line(status: Status) -> Word {
    match status {
        Status::Demarcated => Word([
            "State boundary, demarcated",
            "Dövlət sərhədi, demarkasiya edilib",
            "Պետական սահման, սահմանազատված և սահմանագծված",
            "Государственная граница, демаркирована",
        ]),
        Status::Delimited => Word([
            "State boundary, delimited",
            "Dövlət sərhədi, delimitasiya edilib",
            "Պետական սահման, սահմանազատված",
            "Государственная граница, делимитирована",
        ]),
        Status::Agreed => Word([
            "State boundary, agreed",
            "Dövlət sərhədi, razılaşdırılıb",
            "Պետական սահման, համաձայնեցված",
            "Государственная граница, согласована",
        ]),
        Status::Undefined => Word([
            "State boundary, undefined (approximate)",
            "Dövlət sərhədi, müəyyən edilməyib",
            "Պետական սահման, չսահմանազատված",
            "Государственная граница, не определена",
        ]),
        Status::Disputed => Word([
            "State boundary, disputed",
            "Dövlət sərhədi, mübahisəli",
            "Պետական սահման, վիճելի",
            "Государственная граница, оспаривается",
        ]),
        Status::ControlLine => Word(["Line of control", "Nəzarət xətti", "Վերահսկման գիծ", "Линия контроля"]),
        Status::Historical => Word(["Historical boundary", "Tarixi sərhəd", "Պատմական սահման", "Историческая граница"]),
        Status::Proposed => {
            Word(["Proposed boundary", "Təklif olunan sərhəd", "Առաջարկվող սահման", "Предлагаемая граница"])
        }
        Status::Unspecified => Word([
            "State boundary, status not stated by the source",
            "Dövlət sərhədi, statusu mənbədə göstərilməyib",
            "Պետական սահման, կարգավիճակը նշված չէ",
            "Государственная граница, статус в источнике не указан",
        ]),
    }
}

fn unit_line(status: Status) -> Word {
    match status {
        Status::Historical => Word([
            "Historical boundary of a unit",
            "Tarixi inzibati sərhəd",
            "Պատմական վարչական սահման",
            "Историческая административная граница",
        ]),
        Status::Proposed => Word([
            "Proposed boundary of a unit",
            "Təklif olunan inzibati sərhəd",
            "Առաջարկվող վարչական սահման",
            "Предлагаемая административная граница",
        ]),
        Status::Disputed => Word([
            "Boundary of a unit, disputed",
            "İnzibati sərhəd, mübahisəli",
            "Վարչական սահման, վիճելի",
            "Административная граница, оспаривается",
        ]),
        Status::ControlLine => Word([
            "Line of control within a unit",
            "Daxili nəzarət xətti",
            "Ներքին վերահսկման գիծ",
            "Внутренняя линия контроля",
        ]),
        Status::Undefined => Word([
            "Boundary of a unit, undefined",
            "İnzibati sərhəd, müəyyən edilməyib",
            "Վարչական սահման, չսահմանված",
            "Административная граница, не определена",
        ]),
        Status::Demarcated => Word([
            "Boundary of a unit, demarcated",
            "İnzibati sərhəd, demarkasiya edilib",
            "Վարչական սահման, սահմանագծված",
            "Административная граница, демаркирована",
        ]),
        Status::Delimited => Word([
            "Boundary of a unit, delimited",
            "İnzibati sərhəd, delimitasiya edilib",
            "Վարչական սահման, սահմանազատված",
            "Административная граница, делимитирована",
        ]),
        Status::Agreed => Word([
            "Boundary of a unit, agreed",
            "İnzibati sərhəd, razılaşdırılıb",
            "Վարչական սահման, համաձայնեցված",
            "Административная граница, согласована",
        ]),
        Status::Unspecified => Word([
            "Boundary of a unit, status not stated",
            "İnzibati sərhəd, statusu göstərilməyib",
            "Վարչական սահման, կարգավիճակը նշված չէ",
            "Административная граница, статус не указан",
        ]),
    }
}

fn route(mode: Mode, state: State) -> Word {
    match (mode, state) {
        (Mode::Rail, State::InUse) => {
            Word(["Railway in use", "İşlək dəmir yolu", "Գործող երկաթուղի", "Действующая железная дорога"])
        }
        (Mode::Rail, State::Planned) => Word([
            "Railway, planned",
            "Dəmir yolu, planlaşdırılan",
            "Երկաթուղի, նախագծվող",
            "Железная дорога, планируемая",
        ]),
        (Mode::Rail, State::Dismantled) => Word([
            "Railway, dismantled",
            "Dəmir yolu, sökülmüş",
            "Երկաթուղի, ապամոնտաժված",
            "Железная дорога, разобрана",
        ]),
        (Mode::Road, State::InUse) => {
            Word(["Road in use", "İşlək avtomobil yolu", "Գործող ավտոճանապարհ", "Действующая автодорога"])
        }
        (Mode::Road, State::Planned) => Word([
            "Road, planned",
            "Avtomobil yolu, planlaşdırılan",
            "Ավտոճանապարհ, նախագծվող",
            "Автодорога, планируемая",
        ]),
        (Mode::Road, State::Dismantled) => {
            Word(["Road, abandoned", "Avtomobil yolu, istifadəsiz", "Ավտոճանապարհ, լքված", "Автодорога, заброшена"])
        }
        (Mode::Other, State::InUse) => Word(["Other route", "Digər marşrut", "Այլ երթուղի", "Другой маршрут"]),
        (Mode::Other, State::Planned) => Word([
            "Other route, planned",
            "Digər marşrut, planlaşdırılan",
            "Այլ երթուղի, նախագծվող",
            "Другой маршрут, планируемый",
        ]),
        (Mode::Other, State::Dismantled) => Word([
            "Other route, abandoned",
            "Digər marşrut, istifadəsiz",
            "Այլ երթուղի, լքված",
            "Другой маршрут, заброшен",
        ]),
    }
}

fn point(point: Point) -> Word {
    match point {
        Point::Centre => Word([
            "Capital or regional centre",
            "Paytaxt və ya regional mərkəz",
            "Մայրաքաղաք կամ մարզկենտրոն",
            "Столица или региональный центр",
        ]),
        Point::Town => Word(["Town", "Şəhər", "Քաղաք", "Город"]),
        Point::Village => Word(["Village or settlement", "Kənd və ya qəsəbə", "Գյուղ կամ ավան", "Село или посёлок"]),
        Point::Station => {
            Word(["Railway station", "Dəmir yolu stansiyası", "Երկաթուղային կայարան", "Железнодорожная станция"])
        }
        Point::Crossing => Word(["Border crossing", "Sərhəd keçid məntəqəsi", "Սահմանային անցակետ", "Пункт пропуска"]),
        Point::Pass => Word(["Mountain pass", "Dağ aşırımı", "Լեռնանցք", "Перевал"]),
        Point::Peak => Word(["Peak", "Zirvə", "Գագաթ", "Вершина"]),
        Point::Tripoint => Word(["Tripoint", "Üç sərhədin qovşağı", "Եռահատում", "Стык трёх границ"]),
        Point::Turning => Word(["Turning point", "Dönüş nöqtəsi", "Շրջադարձային կետ", "Поворотная точка"]),
        Point::Mark => Word(["Boundary mark", "Sərhəd nişanı", "Սահմանանիշ", "Пограничный знак"]),
    }
}
