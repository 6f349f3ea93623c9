#include "scenarios/format/lab_reader.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "scenarios/format/lab_checks.hpp"
#include "scenarios/format/read_parts.hpp"

namespace peerscape {

namespace {

constexpr std::uint64_t kVersion = 1;

void readVersion(const ObjectReader& object) {
    const yaml::Value* version = object.find("peerscape");
    if (version == nullptr) return;
    const auto number = readWhole(object.context(), *version, 1, UINT32_MAX);
    if (number && *number != kVersion) {
        object.context().error(
            version->spot,
            fmt::format("this lab has format version {}; this program reads version {}", *number, kVersion));
    }
}

std::optional<bool> readTcp(const ReadContext& context, const yaml::Value& node) {
    static constexpr std::array<std::string_view, 2> kWords{"segments", "messages"};
    const auto index = readWord(context, node, kWords, "how TCP carries what is said");
    return index ? std::optional(*index == 1) : std::nullopt;
}

/// FRR's range, and its unit.
std::optional<Duration> readInterval(const ReadContext& context, const yaml::Value& node) {
    constexpr std::int64_t kMostSeconds = 600;
    const auto interval = readDuration(context, node);
    if (!interval) return std::nullopt;
    if (*interval <= Duration::seconds(kMostSeconds) &&
        Duration::seconds(*interval / Duration::seconds(1)) == *interval)
        return interval;
    context.error(node.spot, "an advertisement interval is a whole number of seconds, at most 600");
    return std::nullopt;
}

/// `rfc`: what RFC 4271 section 10 suggests.
void readIntervals(const ReadContext& context, const yaml::Value& node, BgpPacing& pacing) {
    if (node.kind == yaml::Value::Kind::Map) {
        const ObjectReader object(context, node, lab_keys::kAdvertisementInterval);
        object.read("external", pacing.external, readInterval);
        object.read("internal", pacing.internal, readInterval);
        return;
    }
    static constexpr std::array<std::string_view, 1> kWords{"rfc"};
    if (!readWord(context, node, kWords, "a set of intervals; or give 'external' and 'internal'")) return;
    pacing.external = Duration::seconds(30);
    pacing.internal = Duration::seconds(5);
}

std::optional<BgpPacing> readBgp(const ReadContext& context, const yaml::Value& node) {
    const ObjectReader object(context, node, lab_keys::kBgp);
    if (!object.isUsable()) return std::nullopt;
    BgpPacing pacing;
    if (const yaml::Value* intervals = object.find("advertisement-interval"))
        readIntervals(context, *intervals, pacing);
    object.read("jitter", pacing.jitters, readTruth);
    return pacing;
}

template <typename T, typename Read>
void readSection(const ObjectReader& object, std::string_view key, std::vector<T>& target, Read readOne) {
    const yaml::Value* section = object.find(key);
    if (section == nullptr || section->kind == yaml::Value::Kind::Null) return;
    if (section->kind != yaml::Value::Kind::List) {
        object.context().error(
            section->spot, fmt::format("expected a list under '{}', not {}; begin each item with '-'", key,
                                       describe(*section)));
        return;
    }
    for (const yaml::Value& item : section->items) {
        if (auto value = readOne(object.context(), item)) target.push_back(std::move(*value));
    }
}

/// Steps without a name are called by their number; step 0 is the start, whether the file writes it down or
/// not.
void nameSteps(LabFile& lab) {
    if (lab.steps.empty()) return;
    const bool writesStart = lab.steps.front().actions.empty();
    for (std::size_t i = 0; i < lab.steps.size(); ++i) {
        const std::size_t number = writesStart ? i : i + 1;
        if (lab.steps[i].name.empty())
            lab.steps[i].name = number == 0 ? "start" : fmt::format("step-{}", number);
    }
}

LabFile readSections(const ObjectReader& object, const FileLoader& loader) {
    LabFile lab;
    const ReadContext& context = object.context();
    readVersion(object);
    object.read("title", lab.title, readText);
    object.read("about", lab.about, readText);
    object.read("seed", lab.seed, readWhole, std::uint64_t{0}, UINT64_MAX);
    object.read("tcp", lab.sendsWholeMessages, readTcp);
    object.read("bgp", lab.bgpPacing, readBgp);
    if (const yaml::Value* groups = object.find("groups")) lab.groups = readGroups(context, *groups);
    if (const yaml::Value* routers = object.find("routers"))
        lab.routers = readRouters(context, *routers, loader);
    if (const yaml::Value* hosts = object.find("hosts")) lab.hosts = readHosts(context, *hosts, loader);
    readSection(object, "links", lab.links, [](const ReadContext& c, const yaml::Value& n) {
        return readLink(c, n, SegmentKind::PointToPoint);
    });
    readSection(object, "lans", lab.lans,
                [](const ReadContext& c, const yaml::Value& n) { return readLink(c, n, SegmentKind::Lan); });
    readSection(object, "probes", lab.probes, readProbe);
    readSection(object, "flows", lab.flows, readFlow);
    readSection(object, "roas", lab.roas, readRoa);
    readSection(object, "watch", lab.watches, readWatch);
    readSection(object, "notes", lab.notes, readNote);
    readSection(object, "steps", lab.steps, readStep);
    nameLinks(lab);
    nameSteps(lab);
    return lab;
}

LabOutcome unreadable(std::string file, std::string message) {
    return {std::nullopt, {{{std::move(file), 0, 0}, Severity::Error, std::move(message)}}};
}

}  // namespace

Result<std::string> loadFileFromDisk(const std::string& path) {
    std::error_code code;
    const auto status = std::filesystem::status(path, code);
    if (!std::filesystem::exists(status)) return failure(fmt::format("there is no file '{}'", path));
    if (!std::filesystem::is_regular_file(status)) return failure(fmt::format("'{}' is not a file", path));
    const auto size = std::filesystem::file_size(path, code);
    if (!code && size > yaml::kMostBytes) {
        return failure(fmt::format("'{}' has {} bytes; at most {} MB are read", path, size,
                                   yaml::kMostBytes / (1024 * 1024)));
    }
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return failure(fmt::format("'{}' cannot be opened", path));
    std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (stream.bad()) return failure(fmt::format("'{}' cannot be read", path));
    return text;
}

LabOutcome readLab(std::string_view text, const std::string& file, const FileLoader& loader) {
    DiagnosticList problems;
    LabOutcome outcome;
    const auto tree = yaml::parse(text, file, problems);
    if (tree) {
        const ReadContext context{file, problems};
        const bool isCatalogue = tree->find("texts") != nullptr && tree->find("peerscape") == nullptr;
        if (isCatalogue) {
            context.error(
                tree->spot,
                "this is no lab, but the texts of one in another language; open the lab file beside "
                "it");
        } else if (tree->kind != yaml::Value::Kind::Map) {
            context.error(tree->spot,
                          fmt::format("expected a lab, a map that begins with 'peerscape: 1', not {}",
                                      describe(*tree)));
        } else {
            LabFile lab = readSections(ObjectReader(context, *tree, lab_keys::kLab), loader);
            checkNames(lab, problems);
            checkSteps(lab, problems);
            checkAddresses(lab, problems);
            checkAsNumbers(lab, problems);
            outcome.lab = std::move(lab);
        }
    }
    if (problems.hasErrors()) outcome.lab.reset();
    outcome.diagnostics = problems.take();
    return outcome;
}

LabOutcome readLabFile(const std::string& path) {
    std::error_code code;
    std::string file = path;
    if (std::filesystem::is_directory(path, code)) {
        file = (std::filesystem::path(path) / "lab.yaml").string();
        if (!std::filesystem::exists(file, code)) return unreadable(path, "this folder has no lab.yaml");
    }
    const auto text = loadFileFromDisk(file);
    if (!text) return unreadable(file, text.error().message);
    return readLab(*text, file);
}

}  // namespace peerscape
