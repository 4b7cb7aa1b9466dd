#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| merestone_fuzz::bundle(bytes));
