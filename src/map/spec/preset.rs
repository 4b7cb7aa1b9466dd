/// The specifications that come with the program, by name. A new one is a file in `maps/` and a line here.
pub(super) const PRESETS: [(&str, &str); 2] = [
    ("overview", include_str!("../../../maps/overview.toml")),
    ("syunik-routes", include_str!("../../../maps/syunik-routes.toml")),
];
