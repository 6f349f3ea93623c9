#include "scenarios/runner/run_labs.hpp"

#include <algorithm>
#include <memory>
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/text_catalogue.hpp"
#include "scenarios/runner/run_captures.hpp"
#include "scenarios/runner/run_dumps.hpp"
#include "scenarios/world/run_report.hpp"
#include "scenarios/world/state_writer.hpp"
#include "scenarios/world/step_runner.hpp"
#include "scenarios/world/summary.hpp"

namespace peerscape {

namespace {

/// Shows on a terminal that long work goes on, and leaves no trace.
class Progress {
  public:
    Progress(std::ostream& err, bool isShown) : err_(err), isShown_(isShown) {}
    void show(std::string_view what, SimTime now) {
        if (!isShown_) return;
        err_ << fmt::format("\r\x1b[K{}: lab time {}", what, toString(now)) << std::flush;
    }
    void clear() {
        if (isShown_) err_ << "\r\x1b[K" << std::flush;
    }

  private:
    std::ostream& err_;
    bool isShown_;
};

/// The files that a run leaves behind.
class Outputs {
  public:
    Result<void> open(const LabWorld& world, const RunOptions& options, StepRunner& runner) {
        if (!options.report.empty()) {
            auto opened = RunReport::open(world, options.report);
            if (!opened) return std::unexpected(opened.error());
            report_ = std::move(*opened);
            report_->follow(runner);
        }
        if (!options.pcap.empty()) {
            auto opened = RunCaptures::open(world, options.pcap);
            if (!opened) return std::unexpected(opened.error());
            captures_ = std::move(*opened);
            captures_->follow(runner);
        }
        if (!options.mrt.empty()) {
            auto opened = RunDumps::open(world, options.mrt);
            if (!opened) return std::unexpected(opened.error());
            dumps_ = std::move(*opened);
            dumps_->follow(runner);
        }
        return {};
    }
    Result<void> stepEnded(const LabWorld& world, const RunOptions& options, const StepResult& step) {
        if (report_) report_->stepEnded(step);
        if (dumps_) {
            if (auto written = dumps_->stepEnded(step); !written) return written;
        }
        return options.state.empty() ? Result<void>() : writeState(world, step, options.state);
    }
    Result<void> finish(const RunResult& run) {
        if (report_) {
            if (auto written = report_->finish(run); !written) return written;
        }
        if (dumps_) {
            if (auto written = dumps_->finish(); !written) return written;
        }
        return captures_ ? captures_->finish() : Result<void>();
    }

  private:
    std::unique_ptr<RunReport> report_;
    std::unique_ptr<RunCaptures> captures_;
    std::unique_ptr<RunDumps> dumps_;
};

ExitCode runOne(LabWorld& world, const RunOptions& options, std::ostream& out, std::ostream& err) {
    out << world.file().title << "\n";
    RunLimits limits;
    limits.until = options.until;
    limits.quietWindow = options.quietWindow;
    StepRunner runner(world, limits);
    const auto complain = [&](const Error& error) {
        err << "peerscape: " << toString(error) << "\n";
        return ExitCode::BadInput;
    };
    Outputs outputs;
    if (const auto opened = outputs.open(world, options, runner); !opened) return complain(opened.error());
    Progress progress(err, options.showProgress);
    RunResult run;
    while (!runner.isDone()) {
        const std::string name = runner.nextName();
        run.steps.push_back(runner.runNext([&](SimTime now) {
            progress.show(name, now);
            return true;
        }));
        progress.clear();
        out << summarize(world, run.steps.back()) << std::flush;
        if (const auto written = outputs.stepEnded(world, options, run.steps.back()); !written)
            return complain(written.error());
    }
    run.fingerprint = world.lab().fingerprint();
    run.end = world.lab().now();
    out << summarize(world, run);
    if (const auto written = outputs.finish(run); !written) return complain(written.error());
    const bool badAction = std::any_of(run.steps.begin(), run.steps.end(),
                                       [](const StepResult& s) { return s.actionFailure.has_value(); });
    if (badAction) return ExitCode::BadInput;
    return run.hasFailures() ? ExitCode::Failed : ExitCode::Ok;
}

/// What a lab is called among several: its file, or the folder that holds its lab.yaml.
std::string folderNameOf(const std::filesystem::path& lab) {
    std::filesystem::path whole = std::filesystem::absolute(lab).lexically_normal();
    if (!whole.has_filename() || whole.filename() == "lab.yaml") whole = whole.parent_path();
    return std::filesystem::is_directory(whole) ? whole.filename().string() : whole.stem().string();
}

/// A folder under `whole` for each lab; labs of the same name are numbered from the second on.
std::vector<std::filesystem::path> foldersFor(const std::vector<std::filesystem::path>& labs,
                                              const std::filesystem::path& whole) {
    if (whole.empty() || labs.size() == 1) return std::vector(labs.size(), whole);
    std::vector<std::filesystem::path> folders;
    for (const auto& lab : labs) {
        const std::string name = folderNameOf(lab);
        std::filesystem::path folder = whole / name;
        for (int number = 2; std::find(folders.begin(), folders.end(), folder) != folders.end(); ++number)
            folder = whole / fmt::format("{}-{}", name, number);
        folders.push_back(std::move(folder));
    }
    return folders;
}

ExitCode worse(ExitCode a, ExitCode b) { return static_cast<int>(a) > static_cast<int>(b) ? a : b; }

/// Whether the texts in other languages that lie beside a lab are those of the lab. A run does not need them.
bool areTextsValid(const std::filesystem::path& lab, const LabFile& read, std::ostream& err) {
    const auto file = std::filesystem::is_directory(lab) ? lab / "lab.yaml" : lab;
    bool areValid = true;
    for (const std::string& path : catalogueFilesOf(file.string())) {
        const auto text = loadFileFromDisk(path);
        if (!text) continue;
        for (const Diagnostic& d : readTextCatalogue(*text, path, &read).diagnostics) {
            err << toString(d) << "\n";
            areValid = false;
        }
    }
    return areValid;
}

}  // namespace

ExitCode runLabs(const std::vector<std::filesystem::path>& labs, const RunOptions& options, std::ostream& out,
                 std::ostream& err) {
    // One lab is looked at as it is loaded; of several, none runs when one is wrong.
    if (labs.size() > 1) {
        if (const ExitCode checked = checkLabs(labs, options.world, err, err); checked != ExitCode::Ok)
            return checked;
    }
    const auto stateFolders = foldersFor(labs, options.state);
    const auto reportFolders = foldersFor(labs, options.report);
    const auto pcapFolders = foldersFor(labs, options.pcap);
    const auto mrtFolders = foldersFor(labs, options.mrt);
    ExitCode worst = ExitCode::Ok;
    for (std::size_t i = 0; i < labs.size(); ++i) {
        WorldOutcome loaded = loadWorld(labs[i], options.world);
        if (labs.size() == 1) {
            for (const Diagnostic& d : loaded.diagnostics)
                err << toString(d) << "\n";
        }
        if (!loaded.world) return ExitCode::BadInput;
        if (i > 0) out << "\n";
        RunOptions own = options;
        own.state = stateFolders[i];
        own.report = reportFolders[i];
        own.pcap = pcapFolders[i];
        own.mrt = mrtFolders[i];
        worst = worse(worst, runOne(*loaded.world, own, out, err));
    }
    return worst;
}

ExitCode checkLabs(const std::vector<std::filesystem::path>& labs, const WorldOptions& options,
                   std::ostream& out, std::ostream& err) {
    ExitCode worst = ExitCode::Ok;
    for (const auto& lab : labs) {
        const WorldOutcome loaded = loadWorld(lab, options);
        for (const Diagnostic& d : loaded.diagnostics)
            err << toString(d) << "\n";
        if (!loaded.world) worst = ExitCode::BadInput;
        if (&out == &err || !loaded.world) continue;
        if (areTextsValid(lab, loaded.world->file(), err))
            out << fmt::format("{}: valid\n", lab.string());
        else
            worst = ExitCode::BadInput;
    }
    return worst;
}

}  // namespace peerscape
