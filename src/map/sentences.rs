//! The sentences of the furniture in the languages of the region: scale, north, projection, grid, cautions.

use super::canvas::{POLEWARD_DEG, View};
use super::furniture::grid::Grid;
use super::words::Word;
use crate::earth::projection::Projection;
use crate::model::Status;

/// What a plate says of its scale with its least and greatest error, its north, its projection, its grid and how its data
/// came to their datum.
pub(crate) fn of_the_map(
    view: &View,
    error: (f64, f64),
    grid: Option<Grid>,
    operations: &[&str],
    language: &str,
) -> Vec<String> {
    let mut sentences = vec![scale_error(view, error, language), north(view, language), projection(view, language)];
    sentences.extend(grid.map(|grid| grid_text(&grid, language)));
    sentences.push(transformation(operations, language));
    sentences
}

/// What was done to the data's datum; operations that are known by a code stand as their sources have them.
fn transformation(operations: &[&str], language: &str) -> String {
    let known = |operation: &&str| match *operation {
        "none: WGS 84 as published" => Word([
            "none: WGS 84 as published",
            "yoxdur: WGS 84, dərc olunduğu kimi",
            "չկա. WGS 84, ինչպես հրապարակված է",
            "нет: WGS 84, как опубликовано",
        ])
        .get(language)
        .to_owned(),
        "none: read as WGS 84" => Word([
            "none: read as WGS 84",
            "yoxdur: WGS 84 kimi oxunub",
            "չկա. ընթերցված է որպես WGS 84",
            "нет: прочитано как WGS 84",
        ])
        .get(language)
        .to_owned(),
        other => other.to_owned(),
    };
    let operations: Vec<String> = operations.iter().map(known).collect();
    Word(["Transformation: {1}.", "Çevirmə: {1}.", "Փոխակերպում՝ {1}։", "Преобразование: {1}."])
        .with(language, &[operations.join("; ")])
}

/// What the plate says of the scale away from its centre.
fn scale_error(view: &View, (low, high): (f64, f64), language: &str) -> String {
    let percent = |e: f64| {
        let text = format!("{:+.2}", e * 100.0).replace('-', "−");
        if text.trim_start_matches(['+', '−']) == "0.00" { "0.00".to_owned() } else { text }
    };
    if view.is_world() {
        return Word([
            "Areas are in true proportion; lengths are not. Scale true along the parallel at the centre of the map; \
             between {3}° S and {3}° N the error is {1} to {2} %.",
            "Sahələrin nisbəti düzgündür, uzunluqların yox. Miqyas xəritənin mərkəzindəki paralel boyunca dəqiqdir; \
             {3}° c.e. ilə {3}° ş.e. arasında xəta {1} ilə {2} % arasındadır.",
            "Մակերեսների հարաբերությունը ճշգրիտ է, երկարություններինը՝ ոչ։ Մասշտաբը ճշգրիտ է քարտեզի կենտրոնի զուգահեռականով. \
             հարավային {3}°-ի և հյուսիսային {3}°-ի միջև սխալը {1}-ից {2} % է։",
            "Площади соразмерны, длины – нет. Масштаб точен вдоль параллели в центре карты; между {3}° ю. ш. и {3}° с. ш. \
             погрешность от {1} до {2} %.",
        ])
        .with(language, &[percent(low), percent(high), POLEWARD_DEG.to_string()]);
    }
    Word([
        "Scale true at the centre of the map; across it the error is {1} to {2} %.",
        "Miqyas xəritənin mərkəzində dəqiqdir; xəritə üzrə xəta {1} ilə {2} % arasındadır.",
        "Մասշտաբը ճշգրիտ է քարտեզի կենտրոնում. քարտեզի վրա սխալը {1}-ից {2} % է։",
        "Масштаб точен в центре карты; по карте погрешность от {1} до {2} %.",
    ])
    .with(language, &[percent(low), percent(high)])
}

/// What the plate says of north.
fn north(view: &View, language: &str) -> String {
    if view.is_world() {
        let words = Word([
            "North is up on the central meridian only: elsewhere it is where the meridians run.",
            "Şimal yalnız mərkəzi meridianda yuxarıdadır: başqa yerlərdə meridianlar boyuncadır.",
            "Հյուսիսը վերևում է միայն կենտրոնական միջօրեականի վրա. այլուր այն միջօրեականների ուղղությամբ է։",
            "Север вверху только на центральном меридиане; в других местах он – вдоль меридианов.",
        ]);
        return words.get(language).to_owned();
    }
    let convergence = view.projection.convergence_deg(view.centre_lonlat());
    let minutes = (convergence.abs() * 60.0).round() as i64;
    let angle = format!("{}°{:02}′", minutes / 60, minutes % 60);
    let words = if minutes == 0 {
        Word([
            "Grid north is true north at the centre (convergence {1}).",
            "Mərkəzdə koordinat torunun şimalı həqiqi şimaldır (meridianların yaxınlaşması {1}).",
            "Կենտրոնում ցանցի հյուսիսն իսկական հյուսիսն է (միջօրեականների մերձեցում՝ {1})։",
            "В центре север сетки – истинный (сближение меридианов {1}).",
        ])
    } else if convergence > 0.0 {
        Word([
            "N: true north. Dashed: grid north, {1} east of it at the centre (convergence, drawn enlarged).",
            "N: həqiqi şimal. Qırıq xətt: torun şimalı, mərkəzdə {1} şərqə (meridianların yaxınlaşması, böyüdülüb).",
            "N՝ իսկական հյուսիս։ Կետագիծ՝ ցանցի հյուսիս, կենտրոնում {1} դեպի արևելք (միջօրեականների մերձեցում, մեծացված)։",
            "N: истинный север. Пунктир: север сетки, в центре на {1} восточнее (сближение меридианов, увеличено).",
        ])
    } else {
        Word([
            "N: true north. Dashed: grid north, {1} west of it at the centre (convergence, drawn enlarged).",
            "N: həqiqi şimal. Qırıq xətt: torun şimalı, mərkəzdə {1} qərbə (meridianların yaxınlaşması, böyüdülüb).",
            "N՝ իսկական հյուսիս։ Կետագիծ՝ ցանցի հյուսիս, կենտրոնում {1} դեպի արևմուտք (միջօրեականների մերձեցում, մեծացված)։",
            "N: истинный север. Пунктир: север сетки, в центре на {1} западнее (сближение меридианов, увеличено).",
        ])
    };
    words.with(language, &[angle])
}

/// What the plate says of its datum and projection.
fn projection(view: &View, language: &str) -> String {
    let degrees = |d: f64| {
        let minutes = (d.abs() * 60.0).round() as i64;
        let sign = if d < 0.0 { "−" } else { "" };
        if minutes % 60 == 0 {
            format!("{sign}{}°", minutes / 60)
        } else {
            format!("{sign}{}°{:02}′", minutes / 60, minutes % 60)
        }
    };
    let projection = match &view.projection {
        Projection::Lambert(p) if p.parallels_deg().0.abs() > 89.99 => Word([
            "Polar stereographic projection, central meridian {1}",
            "Polyar stereoqrafik proyeksiya, mərkəzi meridian {1}",
            "Բևեռային ստերեոգրաֆիկ պրոյեկցիա, կենտրոնական միջօրեական՝ {1}",
            "Полярная стереографическая проекция, центральный меридиан {1}",
        ])
        .with(language, &[degrees(p.central_meridian_deg())]),
        Projection::Lambert(p) => {
            let (south, north) = p.parallels_deg();
            Word([
                "Lambert conformal conic projection, standard parallels {1} and {2}, central meridian {3}",
                "Lambertin konform konik proyeksiyası, standart paralellər {1} və {2}, mərkəzi meridian {3}",
                "Լամբերտի կոնֆորմ կոնական պրոյեկցիա, ստանդարտ զուգահեռականներ՝ {1} և {2}, կենտրոնական միջօրեական՝ {3}",
                "Равноугольная коническая проекция Ламберта, стандартные параллели {1} и {2}, центральный меридиан {3}",
            ])
            .with(language, &[degrees(south), degrees(north), degrees(p.central_meridian_deg())])
        }
        Projection::Transverse(p) => Word([
            "Transverse Mercator projection, central meridian {1}, scale there {2}",
            "Köndələn Merkator proyeksiyası, mərkəzi meridian {1}, orada miqyas əmsalı {2}",
            "Մերկատորի լայնական պրոյեկցիա, կենտրոնական միջօրեական՝ {1}, մասշտաբի գործակիցն այնտեղ՝ {2}",
            "Поперечная проекция Меркатора, центральный меридиан {1}, масштабный коэффициент на нём {2}",
        ])
        .with(language, &[degrees(p.central_meridian_deg()), p.central_scale().to_string()]),
        Projection::EqualEarth(p) => Word([
            "Equal Earth projection (equal-area), central meridian {1}",
            "Equal Earth proyeksiyası (bərabərsahəli), mərkəzi meridian {1}",
            "Equal Earth պրոյեկցիա (հավասարամակերես), կենտրոնական միջօրեական՝ {1}",
            "Проекция Equal Earth (равновеликая), центральный меридиан {1}",
        ])
        .with(language, &[degrees(p.central_meridian_deg())]),
        Projection::Web(_) => Word([
            "Web Mercator projection",
            "Web Merkator proyeksiyası",
            "Վեբ Մերկատոր պրոյեկցիա",
            "Проекция Web Mercator",
        ])
        .get(language)
        .to_owned(),
    };
    Word([
        "Datum and ellipsoid WGS 84. {1}.",
        "Datum və ellipsoid WGS 84. {1}.",
        "Դատում և էլիպսոիդ՝ WGS 84։ {1}։",
        "Датум и эллипсоид WGS 84. {1}.",
    ])
    .with(language, &[projection])
}

/// What the plate says of its grid.
fn grid_text(grid: &Grid, language: &str) -> String {
    let words = if grid.is_utm() {
        Word([
            "Blue grid: UTM zone {1}, every {2} km.",
            "Mavi tor: UTM, zona {1}, hər {2} km.",
            "Կապույտ ցանց՝ UTM, գոտի {1}, ամեն {2} կմ։",
            "Синяя сетка: UTM, зона {1}, через {2} км.",
        ])
    } else {
        Word([
            "Blue grid: Gauss–Krüger zone {1} (six degrees, on WGS 84), every {2} km.",
            "Mavi tor: Qaus–Krüger, zona {1} (altıdərəcəli, WGS 84), hər {2} km.",
            "Կապույտ ցանց՝ Գաուս–Կրյուգեր, գոտի {1} (վեց աստիճանանի, WGS 84), ամեն {2} կմ։",
            "Синяя сетка: Гаусс–Крюгер, зона {1} (шестиградусная, WGS 84), через {2} км.",
        ])
    };
    words.with(language, &[grid.zone_text(), grid.step_km().to_string()])
}

/// What the disclaimer adds for a status on the plate.
pub(crate) fn caution(status: Status, language: &str) -> Option<&'static str> {
    let words = match status {
        Status::Undefined => Word([
            "Lines shown as undefined are approximate: delimitation is under way or has not begun.",
            "Müəyyən edilməmiş xətlər təqribidir: delimitasiya davam edir və ya başlanmayıb.",
            "Չսահմանազատված գծերը մոտավոր են. սահմանազատումն ընթանում է կամ չի սկսվել։",
            "Неопределённые линии показаны приблизительно: делимитация ведётся или не начата.",
        ]),
        Status::Unspecified => Word([
            "Where the status is not stated by the source, none is implied.",
            "Mənbədə status göstərilmədikdə heç bir status nəzərdə tutulmur.",
            "Որտեղ աղբյուրը կարգավիճակ չի նշում, ոչ մի կարգավիճակ չի ենթադրվում։",
            "Где источник не указывает статус, никакой статус не подразумевается.",
        ]),
        Status::Disputed => Word([
            "Disputed lines show each side's claim.",
            "Mübahisəli xətlər hər tərəfin iddiasını göstərir.",
            "Վիճելի գծերը ցույց են տալիս յուրաքանչյուր կողմի պահանջը։",
            "Оспариваемые линии показывают притязания каждой стороны.",
        ]),
        Status::ControlLine => Word([
            "Lines of control are no boundaries.",
            "Nəzarət xətləri sərhəd deyil.",
            "Վերահսկման գծերը սահմաններ չեն։",
            "Линии контроля не являются границами.",
        ]),
        Status::Historical => Word([
            "Historical lines are those of the year stated.",
            "Tarixi xətlər göstərilən ilə aiddir.",
            "Պատմական գծերը վերաբերում են նշված տարվան։",
            "Исторические линии относятся к указанному году.",
        ]),
        Status::Proposed => Word([
            "Proposed lines are not agreed.",
            "Təklif olunan xətlər razılaşdırılmayıb.",
            "Առաջարկվող գծերը համաձայնեցված չեն։",
            "Предлагаемые линии не согласованы.",
        ]),
        Status::Delimited | Status::Agreed | Status::Demarcated => return None,
    };
    Some(words.get(language))
}
