#include "scenarios/runner/import_command.hpp"

#include <filesystem>
#include <fstream>
#include <istream>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "scenarios/import/as_lab.hpp"
#include "scenarios/import/as_relationships.hpp"
#include "scenarios/import/drawing_lab.hpp"
#include "scenarios/import/graphml.hpp"
#include "scenarios/runner/lab_output.hpp"

namespace peerscape {

namespace {

constexpr std::string_view kStandardInput = "-";

std::string wholeOf(std::istream& stream) {
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

Result<std::string> load(const std::string& file, std::istream& in) {
    if (file == kStandardInput) return wholeOf(in);
    std::error_code code;
    if (std::filesystem::is_directory(file, code)) return failure(fmt::format("'{}' is a folder", file));
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return failure(fmt::format("'{}' cannot be opened", file));
    std::string text = wholeOf(stream);
    if (stream.bad()) return failure(fmt::format("'{}' cannot be read", file));
    return text;
}

ExitCode complain(std::ostream& err, const Error& error) {
    err << "peerscape: " << toString(error) << "\n";
    return ExitCode::BadInput;
}

/// What a file is called in the title of its lab.
std::string titleOf(const std::string& file) {
    return file == kStandardInput ? "standard input" : std::filesystem::path(file).filename().string();
}

/// `--origin all`, `--origin none`, or AS numbers; without any, what is usual for the graph.
Result<AsOrigins> originsOf(const std::vector<std::string>& words, const AsGraph& graph) {
    if (words.empty()) return usualOrigins(graph);
    if (words.size() == 1 && words.front() == "all") return EveryAs{};
    if (words.size() == 1 && words.front() == "none") return NoAs{};
    std::vector<Asn> origins;
    for (const std::string& word : words) {
        const auto asn = Asn::parse(word);
        if (!asn) return failure(fmt::format("--origin: {}, or 'all', or 'none'", asn.error().message));
        origins.push_back(*asn);
    }
    return origins;
}

void addFile(CLI::App& kind, std::string& file, std::string& target) {
    kind.add_option("FILE", file, "the file, or - for standard input")->required();
    kind.add_option("-o,--output", target, "lab file or folder to write; standard output without it");
}

void print(std::ostream& err, const std::vector<Diagnostic>& diagnostics) {
    for (const Diagnostic& d : diagnostics)
        err << toString(d) << "\n";
}

}  // namespace

ImportCommand::ImportCommand(CLI::App& program) {
    CLI::App* import = program.add_subcommand("import", "make a lab of a file of another kind");
    import->require_subcommand(1);
    addAsRel(*import);
    addGraphml(*import);
}

void ImportCommand::addAsRel(CLI::App& import) {
    CLI::App* kind = import.add_subcommand("as-rel", "AS relationships, as CAIDA publishes them");
    addFile(*kind, file_, target_);
    kind->add_option("--around", around_, "only the part around this AS");
    kind->add_option("--hops", hops_, "only ASes this many links away at most");
    kind->add_option("--limit", limit_, "only so many ASes, the nearest first")->check(CLI::PositiveNumber);
    kind->add_option("--origin", origins_, "AS that announces a prefix (several: once each); all; none")
        ->allow_extra_args(false);
    kind->add_flag("--allow-cycles", cyclesAreAllowed_, "cycles of providers are warnings, not errors");
    asRel_ = kind;
}

void ImportCommand::addGraphml(CLI::App& import) {
    CLI::App* kind = import.add_subcommand("graphml", "networks in GraphML, as the Topology Zoo has them");
    addFile(*kind, file_, target_);
    kind->add_option("--igp", interior_, "what the routers speak: rip (the usual) or eigrp")
        ->check(CLI::IsMember({"rip", "eigrp"}));
    kind->add_flag("--without-external", leavesOutExternal_, "leave out nodes of other networks");
    graphml_ = kind;
}

bool ImportCommand::isWanted() const { return asRel_->parsed() || graphml_->parsed(); }

ExitCode ImportCommand::run(std::istream& in, std::ostream& out, std::ostream& err) const {
    const auto text = load(file_, in);
    if (!text) return complain(err, text.error());
    return asRel_->parsed() ? importAsRel(*text, out, err) : importGraphml(*text, out, err);
}

ExitCode ImportCommand::importAsRel(const std::string& text, std::ostream& out, std::ostream& err) const {
    const AsGraphOutcome read = readAsRelationships(text, file_, {cyclesAreAllowed_});
    print(err, read.diagnostics);
    if (!read.graph) return ExitCode::BadInput;
    AsPart part{std::nullopt, hops_, limit_};
    if (around_) part.around = Asn::number(*around_);
    const auto graph = partOf(*read.graph, part);
    if (!graph) return complain(err, graph.error());
    const auto origins = originsOf(origins_, *graph);
    if (!origins) return complain(err, origins.error());
    if (origins_.empty() && !std::holds_alternative<EveryAs>(*origins)) {
        err << fmt::format("peerscape: of {} ASes only AS {} announces a prefix; --origin names others\n",
                           graph->ases.size(), toString(graph->ases.front()));
    }
    const AsLabOptions options{"AS relationships of " + titleOf(file_), {}, *origins};
    const auto lab = asLab(*graph, options);
    if (!lab) return complain(err, lab.error());
    if (const auto written = writeLabTo(target_, *lab, out); !written) return complain(err, written.error());
    return ExitCode::Ok;
}

ExitCode ImportCommand::importGraphml(const std::string& text, std::ostream& out, std::ostream& err) const {
    const DrawingOutcome read = readGraphml(text, file_);
    print(err, read.diagnostics);
    if (!read.drawing) return ExitCode::BadInput;
    DrawingLabOptions options;
    options.file = file_;
    options.protocol = interior_ == "eigrp" ? IntentProtocol::Eigrp : IntentProtocol::Rip;
    options.keepsExternal = !leavesOutExternal_;
    DiagnosticList notes;
    const LabFile lab = drawingLab(*read.drawing, options, notes);
    print(err, notes.take());
    if (const auto written = writeLabTo(target_, lab, out); !written) return complain(err, written.error());
    return ExitCode::Ok;
}

}  // namespace peerscape
