#include <cstdio>
#include <sys/resource.h>
#include <unistd.h>

#include <benchmark/benchmark.h>

#include "tests/bench/as_graph_lab.hpp"

namespace peerscape::bench {
namespace {

/// Bytes of memory that the process has now, from /proc/self/statm (proc(5)).
double memoryInUse() {
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    unsigned long all = 0;
    unsigned long resident = 0;
    const bool isRead = file != nullptr && std::fscanf(file, "%lu %lu", &all, &resident) == 2;
    if (file != nullptr) std::fclose(file);
    return isRead ? static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) : 0;
}

/// The first argument is the number of ASes; with a second one other than 0 messages travel as segments.
AsGraphLab labOf(const benchmark::State& state) {
    SimulationOptions options;
    options.streams = state.range(1) == 0 ? StreamModel::Messages : StreamModel::Segments;
    return AsGraphLab(drawAsGraph(static_cast<std::uint32_t>(state.range(0)), "20240601"), options);
}

/// Seconds that the system has worked for this process so far, nearly all of it handing out memory.
double systemTime() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_stime.tv_sec) + static_cast<double>(usage.ru_stime.tv_usec) * 1e-6;
}

/// Counts what happens to the lab from here on.
class Count {
  public:
    explicit Count(const AsGraphLab& lab) : lab_(lab), updates_(lab.updates()), systemTime_(systemTime()) {}

    void report(benchmark::State& state) const {
        const double system = systemTime() - systemTime_;
        const auto updates = static_cast<double>(lab_.updates() - updates_);
        const auto rate = benchmark::Counter::kIsRate;
        state.counters["updates"] = updates;
        state.counters["per_second"] = benchmark::Counter(updates, rate);
        state.counters["per_update"] = benchmark::Counter(updates, rate | benchmark::Counter::kInvert);
        state.counters["of_it_system"] = system / updates;
    }

  private:
    const AsGraphLab& lab_;
    std::uint64_t updates_;
    double systemTime_;
};

/// Building the lab, from links to sessions that are all up.
void asGraphStarts(benchmark::State& state) {
    for (auto _ : state) {
        const double before = memoryInUse();
        AsGraphLab lab = labOf(state);
        lab.establish();
        state.counters["sessions"] = static_cast<double>(lab.sessions());
        state.counters["bytes_per_session"] = (memoryInUse() - before) / static_cast<double>(lab.sessions());
    }
}

/// One AS announces its prefix, and all others hear of it.
void asGraphAnnounces(benchmark::State& state) {
    AsGraphLab lab = labOf(state);
    lab.establish();
    const std::uint32_t origin = firstOrigins(lab.graph()).front();
    const Count count(lab);
    for (auto _ : state)
        lab.announce(origin);
    count.report(state);
}

/// It withdraws it: every AS tries all the ways that are none any more.
void asGraphWithdraws(benchmark::State& state) {
    AsGraphLab lab = labOf(state);
    lab.establish();
    const std::uint32_t origin = firstOrigins(lab.graph()).front();
    lab.announce(origin);
    const Count count(lab);
    for (auto _ : state)
        lab.withdraw(origin);
    count.report(state);
}

/// Ten ASes announce one after the other; what the routes take in memory.
void asGraphFills(benchmark::State& state) {
    AsGraphLab lab = labOf(state);
    lab.establish();
    const auto origins = firstOrigins(lab.graph());
    // What the first one takes once and for all is not counted.
    lab.announce(origins.front());
    const Count count(lab);
    const double memory = memoryInUse();
    for (auto _ : state) {
        for (std::size_t i = 1; i < origins.size(); ++i)
            lab.announce(origins[i]);
    }
    count.report(state);
    const auto routes = static_cast<double>((origins.size() - 1) * lab.graph().numbers().size());
    state.counters["bytes_per_as_and_prefix"] = (memoryInUse() - memory) / routes;
}

/// The same ten in the same instant, and then all withdraw.
void asGraphFillsAtOnce(benchmark::State& state) {
    AsGraphLab lab = labOf(state);
    lab.establish();
    const auto origins = firstOrigins(lab.graph());
    const Count count(lab);
    for (auto _ : state)
        lab.announceAll(origins);
    count.report(state);
}

void asGraphEmptiesAtOnce(benchmark::State& state) {
    AsGraphLab lab = labOf(state);
    lab.establish();
    const auto origins = firstOrigins(lab.graph());
    lab.announceAll(origins);
    const Count count(lab);
    for (auto _ : state)
        lab.withdrawAll(origins);
    count.report(state);
}

void inAllSizes(benchmark::internal::Benchmark* bench) {
    bench->Args({1'000, 1});
    for (const int size : {1'000, 5'000, 20'000})
        bench->Args({size, 0});
    bench->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->Iterations(1);
}

BENCHMARK(asGraphStarts)->Apply(inAllSizes);
BENCHMARK(asGraphAnnounces)->Apply(inAllSizes);
BENCHMARK(asGraphWithdraws)->Apply(inAllSizes);
BENCHMARK(asGraphFills)->Apply(inAllSizes);
BENCHMARK(asGraphFillsAtOnce)->Apply(inAllSizes);
BENCHMARK(asGraphEmptiesAtOnce)->Apply(inAllSizes);

}  // namespace
}  // namespace peerscape::bench
