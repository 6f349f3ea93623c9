#include <benchmark/benchmark.h>

#include "tests/properties/graph_lab.hpp"

namespace peerscape::properties {
namespace {

/// What becomes of the records, which are numbered and enter the fingerprint in any case.
enum class Keep { Nothing, Latest, All };

/// As a headless run does.
void letGoOfOld(RecordLog& log) {
    constexpr std::size_t kMost = 100;
    if (log.kept().size() >= 2 * kMost) log.discardBefore(RecordId(log.count() - kMost));
}

/// A square grid of RIP routers with a stub network each, 300 s with the timers of the RFC; a link in the
/// middle is cut at 150 s. The same lab is run on ns-3, see docs/performance.md.
void ripGrid(benchmark::State& state, const LabOptions& labOptions, Keep keep) {
    const auto side = static_cast<std::size_t>(state.range(0));
    std::uint64_t events = 0;
    for (auto _ : state) {
        GraphLabOptions options;
        options.lab = labOptions;
        GraphLab lab(grid(side, side), options);
        RecordLog& log = lab.lab().log();
        log.keep(keep == Keep::Nothing ? 0 : RecordLog::kAll);
        RunHooks hooks;
        if (keep == Keep::Latest) hooks.onEvent = [&log] { letGoOfOld(log); };
        lab.lab().runUntil(SimTime::after(Duration::seconds(150)), hooks);
        lab.setLink(lab.linkCount() / 2, false);
        lab.lab().runUntil(SimTime::after(Duration::seconds(300)), hooks);
        events += lab.lab().simulation().eventsHandled();
    }
    state.counters["events"] = static_cast<double>(events) / static_cast<double>(state.iterations());
    state.counters["per_event"] = benchmark::Counter(
        static_cast<double>(events), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

LabOptions seekable() {
    LabOptions options;
    options.canSeek = true;
    return options;
}

BENCHMARK_CAPTURE(ripGrid, bare, LabOptions(), Keep::Nothing)
    ->Arg(8)
    ->Arg(16)
    ->Arg(32)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(ripGrid, records_of_a_run, LabOptions(), Keep::Latest)
    ->Arg(16)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(ripGrid, all_records_kept, LabOptions(), Keep::All)
    ->Arg(16)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(ripGrid, with_checkpoints, seekable(), Keep::Nothing)
    ->Arg(16)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();

}  // namespace
}  // namespace peerscape::properties
