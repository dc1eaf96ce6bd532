//! How long sealing and opening take: a line of text, a whole form, a photograph.

use std::hint::black_box;

use chrono::DateTime;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use service::vault::{CASES_ANSWERS, Purpose, Suite, Vault};

fn vault(c: &mut Criterion) {
    for suite in Suite::ALL {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = Vault::in_folder(folder.path(), suite, DateTime::UNIX_EPOCH).expect("a vault");
        let mut group = c.benchmark_group(suite.key());
        for (name, bytes) in [("a name", 12), ("a form", 4_096), ("a photograph", 1 << 20)] {
            let text = "字".repeat(bytes / 3);
            let sealed = vault.seal(CASES_ANSWERS.of(1), &text).expect("sealed");
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new("seal", name), &text, |b, text| {
                b.iter(|| vault.seal(CASES_ANSWERS.of(1), black_box(text)));
            });
            group.bench_with_input(BenchmarkId::new("open", name), &sealed, |b, sealed| {
                b.iter(|| vault.open(CASES_ANSWERS.of(1), black_box(sealed)));
            });
        }
        group.throughput(Throughput::Elements(1));
        group.bench_function("blind", |b| b.iter(|| vault.blind(Purpose::Phone, black_box("13800138000"))));
        group.finish();
    }
}

criterion_group!(benches, vault);
criterion_main!(benches);
