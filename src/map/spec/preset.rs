/// The specifications that come with the program, by name. A new one is a file in `maps/` and a line here.
pub(super) const PRESETS: [(&str, &str); 7] = [
    ("overview", include_str!("../../../maps/overview.toml")),
    ("syunik-routes", include_str!("../../../maps/syunik-routes.toml")),
    ("enclaves", include_str!("../../../maps/enclaves.toml")),
    ("tavush", include_str!("../../../maps/tavush.toml")),
    ("soviet-1988", include_str!("../../../maps/soviet-1988.toml")),
    ("enclaves-as-held", include_str!("../../../maps/enclaves-as-held.toml")),
    ("enclaves-restored", include_str!("../../../maps/enclaves-restored.toml")),
];
