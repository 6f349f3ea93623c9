#include "scenarios/world/run_report.hpp"

#include <array>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "scenarios/report/html_report.hpp"
#include "scenarios/report/json_report.hpp"
#include "scenarios/report/junit_report.hpp"
#include "scenarios/world/version.hpp"

namespace peerscape {

namespace {

Error cannotWrite(const std::filesystem::path& path) {
    return {fmt::format("cannot write {}", path.string()), {}};
}

}  // namespace

Result<std::unique_ptr<RunReport>> RunReport::open(const LabWorld& world,
                                                   const std::filesystem::path& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem)
        return failure(fmt::format("cannot make the folder {}: {}", folder.string(), problem.message()));
    std::unique_ptr<RunReport> report(new RunReport(world, folder));
    if (!report->events_) return std::unexpected(cannotWrite(folder / "events.csv"));
    return report;
}

RunReport::RunReport(const LabWorld& world, std::filesystem::path folder)
    : world_(world),
      folder_(std::move(folder)),
      events_(folder_ / "events.csv", std::ios::binary | std::ios::trunc),
      watch_(world.simulation()) {
    csv_.emplace(events_, world_.simulation());
}

void RunReport::follow(StepRunner& runner) {
    runner.readAlong({[this](SimTime begin) { collector_.beginStep(begin); },
                      [this](std::span<const Record> records) {
                          collector_.take(records);
                          csv_->take(records);
                          watch_.instantOver(world_.simulation(), records);
                      },
                      [this](const AlarmNews& news) { csv_->take(conclusionOf(news)); }});
}

report::Conclusion conclusionOf(const AlarmNews& news) {
    return {news.time, news.router, news.cause, news.begins ? "alarm" : "alarm over", describe(news)};
}

void RunReport::stepEnded(const StepResult& step) { collector_.endStep(reportOf(world_, step)); }

Result<void> RunReport::finish(const RunResult& run) {
    report::ReportData data = collector_.finish(
        world_.simulation(), {watch_.loops(), watch_.blackHoles(), watch_.reachablePairs()});
    data.program = std::string("Peerscape ") + kVersion;
    data.title = world_.file().title;
    data.about = world_.file().about;
    data.seed = world_.simulation().options().seed;
    data.fingerprint = run.fingerprint;
    data.hasFailed = run.hasFailures();
    events_.close();
    if (!events_) return std::unexpected(cannotWrite(folder_ / "events.csv"));
    using Writer = void (*)(const report::ReportData&, std::ostream&);
    constexpr std::array<std::pair<const char*, Writer>, 3> kFiles{{{"report.html", report::writeHtml},
                                                                    {"report.json", report::writeJson},
                                                                    {"junit.xml", report::writeJUnit}}};
    for (const auto& [name, writer] : kFiles) {
        std::ofstream file(folder_ / name, std::ios::binary | std::ios::trunc);
        if (file) writer(data, file);
        file.close();
        if (!file) return std::unexpected(cannotWrite(folder_ / name));
    }
    return {};
}

}  // namespace peerscape
