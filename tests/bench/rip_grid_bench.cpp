#include <benchmark/benchmark.h>

#include "tests/properties/graph_lab.hpp"

namespace peerscape::properties {
namespace {

/// A square grid of RIP routers with a stub network each, 300 s with the timers of the RFC; a link in the
/// middle is cut at 150 s. The same lab is run on ns-3, see docs/performance.md.
void ripGrid(benchmark::State& state, const LabOptions& labOptions, RecordLog::Kinds kept) {
    const auto side = static_cast<std::size_t>(state.range(0));
    std::uint64_t events = 0;
    for (auto _ : state) {
        GraphLabOptions options;
        options.lab = labOptions;
        GraphLab lab(grid(side, side), options);
        lab.lab().log().keep(kept);
        lab.lab().runUntil(SimTime::after(Duration::seconds(150)));
        lab.setLink(lab.linkCount() / 2, false);
        lab.lab().runUntil(SimTime::after(Duration::seconds(300)));
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

BENCHMARK_CAPTURE(ripGrid, bare, LabOptions(), 0)
    ->Arg(8)
    ->Arg(16)
    ->Arg(32)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(ripGrid, records_kept, LabOptions(), RecordLog::kAll)
    ->Arg(16)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(ripGrid, with_checkpoints, seekable(), 0)
    ->Arg(16)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime();

}  // namespace
}  // namespace peerscape::properties
