#include "scenarios/runner/command_line.hpp"

#include <exception>
#include <filesystem>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <unistd.h>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "scenarios/runner/console.hpp"
#include "scenarios/runner/console_session.hpp"
#include "scenarios/runner/desktop.hpp"
#include "scenarios/runner/expand_command.hpp"
#include "scenarios/runner/import_command.hpp"
#include "scenarios/runner/run_labs.hpp"
#include "scenarios/runner/sweep_orders.hpp"
#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/version.hpp"

namespace peerscape {

namespace {

struct Wishes {
    std::vector<std::string> labs;
    std::string lab;
    std::string until;
    std::string state;
    std::string report;
    std::string pcap;
    std::string mrt;
    std::string framing;
    std::string seed;
    std::string quiet;
    std::string step;
    std::string output;
    std::uint64_t walks = SweepOptions().walks;
    std::size_t waiting = SweepOptions().mostQueued;
    bool orders = false;
    bool lenient = false;
};

int code(ExitCode exitCode) { return static_cast<int>(exitCode); }

WorldOptions worldOptions(const Wishes& wishes) {
    WorldOptions options;
    if (!wishes.seed.empty()) options.seed = readNumber(wishes.seed);
    options.lenient = wishes.lenient;
    return options;
}

int run(const Wishes& wishes, std::ostream& out, std::ostream& err) {
    RunOptions options;
    options.world = worldOptions(wishes);
    options.state = wishes.state;
    options.report = wishes.report;
    options.pcap = wishes.pcap;
    options.mrt = wishes.mrt;
    const auto duration = [&err](const char* option, const std::string& text) -> std::optional<Duration> {
        auto read = Duration::parse(text);
        if (read) return *read;
        err << "peerscape: " << option << ": " << read.error().message << "\n";
        return std::nullopt;
    };
    if (!wishes.until.empty()) {
        const auto until = duration("--until", wishes.until);
        if (!until) return code(ExitCode::BadInput);
        options.until = SimTime::after(*until);
    }
    if (!wishes.quiet.empty()) {
        options.quietWindow = duration("--quiet-window", wishes.quiet);
        if (!options.quietWindow) return code(ExitCode::BadInput);
    }
    options.showProgress = isatty(STDERR_FILENO) == 1;
    return code(runLabs({wishes.labs.begin(), wishes.labs.end()}, options, out, err));
}

int sweep(const Wishes& wishes, std::ostream& out, std::ostream& err) {
    SweepOptions options;
    options.world = worldOptions(wishes);
    options.step = wishes.step;
    options.walks = wishes.walks;
    options.mostQueued = wishes.waiting;
    return code(sweepOrders(wishes.lab, options, out, err));
}

int console(const Wishes& wishes, std::istream& in, std::ostream& out, std::ostream& err) {
    WorldOptions options = worldOptions(wishes);
    options.canSeek = true;
    WorldOutcome loaded = loadWorld(wishes.lab, options);
    for (const Diagnostic& d : loaded.diagnostics)
        err << toString(d) << "\n";
    if (!loaded.world) return code(ExitCode::BadInput);
    Console session(*loaded.world);
    const bool isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && wishes.framing.empty();
    if (isTerminal) {
        converseOnTerminal(session);
    } else {
        converse(session, in, out, wishes.framing == "nul" ? Framing::Nul : Framing::None);
    }
    return code(ExitCode::Ok);
}

}  // namespace

int runCommandLine(int argc, const char* const* argv, std::istream& in, std::ostream& out,
                   std::ostream& err) {
    Wishes wishes;
    CLI::App app("Peerscape: a network lab simulator that runs, explains and checks labs of routers.",
                 "peerscape");
    app.set_version_flag("--version", std::string("peerscape ") + kVersion);
    app.require_subcommand(1);

    const auto addCommon = [&](CLI::App* command) {
        command->add_option("--seed", wishes.seed, "seed of the run, in place of the lab file's")
            ->check([](const std::string& text) {
                return readNumber(text) ? std::string() : fmt::format("'{}' is not a whole number", text);
            });
        command->add_flag("--lenient", wishes.lenient,
                          "unknown configuration lines are warnings, not errors");
    };
    CLI::App* runCommand = app.add_subcommand("run", "run labs and check what they expect");
    runCommand->add_option("LAB", wishes.labs, "lab files, or folders that hold lab.yaml")->required();
    runCommand->add_option("--until", wishes.until, "lab time at which the run ends, such as 300s");
    runCommand->add_option("--report", wishes.report,
                           "folder for report.html, report.json, junit.xml and events.csv");
    runCommand->add_option("--quiet-window", wishes.quiet,
                           "lab time, such as 300s, for which no route may change after each convergence");
    runCommand->add_option("--pcap", wishes.pcap,
                           "folder for captures: what went over each link, for Wireshark");
    runCommand->add_option(
        "--mrt", wishes.mrt,
        "folder for MRT files: what each BGP router heard, and its table after every step");
    runCommand->add_option("--state", wishes.state, "folder for every router's tables after every step");
    addCommon(runCommand);
    CLI::App* checkCommand = app.add_subcommand("check", "only look whether labs are valid");
    checkCommand->add_option("LAB", wishes.labs, "lab files, or folders that hold lab.yaml")->required();
    addCommon(checkCommand);
    CLI::App* consoleCommand = app.add_subcommand("console", "type at a lab: one command a line");
    consoleCommand->add_option("LAB", wishes.lab, "a lab file, or a folder that holds lab.yaml")->required();
    consoleCommand
        ->add_option("--framing", wishes.framing, "nul: no prompt, every answer ends with one NUL byte")
        ->check(CLI::IsMember({"nul"}));
    addCommon(consoleCommand);
    CLI::App* expandCommand =
        app.add_subcommand("expand", "write a lab with all its addresses and configurations");
    expandCommand->add_option("LAB", wishes.lab, "a lab file, or a folder that holds lab.yaml")->required();
    expandCommand->add_option("-o,--output", wishes.output,
                              "the lab file or folder to write; otherwise the lab is printed");
    addCommon(expandCommand);
    const ImportCommand importCommand(app);
    CLI::App* sweepCommand = app.add_subcommand("sweep", "try many courses of one lab");
    sweepCommand->add_option("LAB", wishes.lab, "a lab file, or a folder that holds lab.yaml")->required();
    sweepCommand
        ->add_flag("--orders", wishes.orders, "all orders in which the messages of BGP sessions can arrive")
        ->required();
    sweepCommand->add_option("--step", wishes.step,
                             "the step to look at; otherwise the first one whose messages can be ordered");
    sweepCommand->add_option("--walks", wishes.walks, "so many random orders, for the shares")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1'000'000}));
    sweepCommand
        ->add_option("--waiting", wishes.waiting,
                     "at most so many messages of one direction wait for their delivery")
        ->check(CLI::Range(std::size_t{1}, std::size_t{100}));
    addCommon(sweepCommand);
    CLI::App* guiCommand = app.add_subcommand("gui", "the desktop program: draw, run, break, rewind");
    guiCommand->add_option("LAB", wishes.lab, "a lab file, or a folder that holds lab.yaml");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error, out, err) == 0 ? code(ExitCode::Ok) : code(ExitCode::BadInput);
    }
    try {
        if (runCommand->parsed()) return run(wishes, out, err);
        if (checkCommand->parsed())
            return code(checkLabs({wishes.labs.begin(), wishes.labs.end()}, worldOptions(wishes), out, err));
        if (expandCommand->parsed())
            return code(expandLabFile(wishes.lab, wishes.output, worldOptions(wishes), out, err));
        if (importCommand.isWanted()) return code(importCommand.run(in, out, err));
        if (sweepCommand->parsed()) return sweep(wishes, out, err);
        if (guiCommand->parsed()) {
            const auto failed = becomeDesktop(wishes.lab);
            err << "peerscape: " << failed.error().message << "\n";
            return code(ExitCode::BadInput);
        }
        return console(wishes, in, out, err);
    } catch (const std::exception& error) {
        err << "peerscape: this is a bug in Peerscape, please report it: " << error.what() << "\n";
        return code(ExitCode::Bug);
    }
}

}  // namespace peerscape
