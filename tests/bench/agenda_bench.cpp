#include <benchmark/benchmark.h>

#include "engine/base/random.hpp"
#include "engine/sim/agenda.hpp"

namespace peerscape {
namespace {

/// One schedule and one pop with N events pending: the hold model of the literature on event lists, with
/// times to come as they are in a lab: most within milliseconds, some in half a minute.
void holdModel(benchmark::State& state) {
    RandomStream random(1, "bench", "agenda");
    std::vector<Duration> gaps;
    for (int i = 0; i < 4096; ++i) {
        const bool isTimer = random.below(4) == 0;
        gaps.push_back(isTimer ? random.between(Duration::seconds(25), Duration::seconds(35))
                               : random.between(Duration::microseconds(10), Duration::milliseconds(20)));
    }
    Agenda agenda;
    std::size_t next = 0;
    const auto gap = [&] { return gaps[next++ % gaps.size()]; };
    for (std::int64_t i = 0; i < state.range(0); ++i)
        agenda.schedule(SimTime() + gap(), Event());
    for (auto _ : state) {
        const SimTime now = agenda.nextTime();
        Event event = agenda.pop();
        benchmark::DoNotOptimize(event);
        agenda.schedule(now + gap(), std::move(event));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(holdModel)->Arg(1'000)->Arg(100'000)->Arg(1'000'000);

}  // namespace
}  // namespace peerscape
