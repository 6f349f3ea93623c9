#include <benchmark/benchmark.h>

#include "engine/base/large_pages.hpp"

/// As the program itself begins.
int main(int argc, char** argv) {
    peerscape::useLargePages(argv);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
