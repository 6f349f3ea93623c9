#include <memory>

#include <benchmark/benchmark.h>

#include "tests/properties/eigrp_count.hpp"

namespace peerscape::properties {
namespace {

/// A square grid of EIGRP routers with a stub network each and random delays: the configured ones, which
/// count in the metric, and those of the links.
std::unique_ptr<EigrpLab> gridLab(std::size_t side) {
    return std::make_unique<EigrpLab>(grid(side, side), 1, EigrpLabOptions{.isWatched = false});
}

void failMiddle(EigrpLab& lab) { lab.setLink(lab.linkCount() / 2, false); }

/// Runs it twice: once for the time, once to count.
template <typename Prepare, typename Act>
void measure(benchmark::State& state, Prepare prepare, Act act) {
    const auto side = static_cast<std::size_t>(state.range(0));
    std::uint64_t events = 0;
    for (auto _ : state) {
        state.PauseTiming();
        auto lab = gridLab(side);
        lab->lab().log().keep(0);
        prepare(*lab);
        const std::uint64_t before = lab->lab().simulation().eventsHandled();
        state.ResumeTiming();
        act(*lab);
        const Convergence convergence = lab->lab().runUntilConverged(Duration::hours(1));
        state.PauseTiming();
        if (!convergence.isConverged) state.SkipWithError("it does not converge");
        events += lab->lab().simulation().eventsHandled() - before;
        lab.reset();
        state.ResumeTiming();
    }
    const auto counted = gridLab(side);
    prepare(*counted);
    const EigrpCount count = countOf(*counted, [&] { act(*counted); });
    const auto runs = static_cast<double>(state.iterations());
    const auto rate = benchmark::Counter::kIsRate | benchmark::Counter::kInvert;
    state.counters["events"] = static_cast<double>(events) / runs;
    state.counters["routes"] = static_cast<double>(count.routes());
    state.counters["per_event"] = benchmark::Counter(static_cast<double>(events), rate);
    state.counters["per_route"] = benchmark::Counter(static_cast<double>(count.routes()) * runs, rate);
    state.counters["queries"] = static_cast<double>(count.queries);
    state.counters["replies"] = static_cast<double>(count.replies);
    state.counters["computations"] = static_cast<double>(count.computations);
    // At most one query and one reply in each direction of a link and computation.
    const auto bound = static_cast<double>(4 * counted->linkCount() * count.computations);
    state.counters["of_bound"] = bound == 0 ? 0 : static_cast<double>(count.queries + count.replies) / bound;
}

void eigrpGridStarts(benchmark::State& state) {
    measure(state, [](EigrpLab&) {}, [](EigrpLab&) {});
}
void eigrpGridFails(benchmark::State& state) {
    const auto start = [](EigrpLab& lab) { lab.lab().runUntilConverged(Duration::hours(1)); };
    measure(state, start, failMiddle);
}

/// The largest takes minutes, so each grid runs once.
void inAllSizes(benchmark::internal::Benchmark* bench) {
    for (const int side : {8, 16, 32})
        bench->Arg(side);
    bench->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->Iterations(1);
}

BENCHMARK(eigrpGridStarts)->Apply(inAllSizes);
BENCHMARK(eigrpGridFails)->Apply(inAllSizes);

}  // namespace
}  // namespace peerscape::properties
