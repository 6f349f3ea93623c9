#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gui/model/edits.hpp"
#include "gui/model/refusal.hpp"
#include "scenarios/format/lab_checks.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/lab_walk.hpp"
#include "scenarios/format/lab_writer.hpp"

namespace peerscape::gui {

namespace {

bool isTaken(const LabFile& lab, std::string_view name) {
    bool taken = lab.router(name) != nullptr || lab.host(name) != nullptr || lab.group(name) != nullptr;
    forEachLink(lab, [&](const LinkEntry& link) { taken = taken || link.name == name; });
    return taken;
}

std::vector<ConfigSource>* configOf(LabFile& lab, std::string_view node) {
    for (RouterEntry& router : lab.routers) {
        if (router.name == node) return &router.config;
    }
    for (HostEntry& host : lab.hosts) {
        if (host.name == node) return &host.config;
    }
    return nullptr;
}

}  // namespace

std::string freeName(const LabFile& lab, std::string_view stem) {
    for (int number = 1;; ++number) {
        std::string name = fmt::format("{}{}", stem, number);
        if (!isTaken(lab, name)) return name;
    }
}

std::vector<Diagnostic> problemsOf(const LabFile& lab) {
    const FileLoader loader = [&](const std::string& path) -> Result<std::string> {
        const auto search = [&](const auto& nodes) -> const ConfigSource* {
            for (const auto& node : nodes) {
                for (const ConfigSource& source : node.config) {
                    if (source.path == path) return &source;
                }
            }
            return nullptr;
        };
        const ConfigSource* source = search(lab.routers);
        if (source == nullptr) source = search(lab.hosts);
        if (source == nullptr) return refusal(QT_TRANSLATE_NOOP("Refusal", "'%1' cannot be read"), path);
        return source->text;
    };
    return readLab(writeLab(lab), "", loader).diagnostics;
}

std::optional<std::string> whyUnreadable(const LabFile& lab) {
    DiagnosticList problems;
    checkNames(lab, problems);
    checkSteps(lab, problems);
    checkAddresses(lab, problems);
    const std::vector<Diagnostic> found = problems.take();
    const auto error = std::ranges::find(found, Severity::Error, &Diagnostic::severity);
    return error == found.end() ? std::nullopt : std::optional(error->message);
}

Made withRouter(const LabFile& lab, CanvasPoint at) {
    Made made{lab, freeName(lab, "R")};
    RouterEntry router;
    router.name = made.name;
    router.at = at;
    made.lab.routers.push_back(std::move(router));
    return made;
}

Made withHost(const LabFile& lab, CanvasPoint at) {
    Made made{lab, freeName(lab, "pc")};
    HostEntry host;
    host.name = made.name;
    host.at = at;
    made.lab.hosts.push_back(std::move(host));
    return made;
}

LabFile withPositions(LabFile lab, const std::map<std::string, CanvasPoint>& positions) {
    const auto place = [&](auto& nodes) {
        for (auto& node : nodes) {
            if (const auto found = positions.find(node.name); found != positions.end())
                node.at = found->second;
        }
    };
    place(lab.routers);
    place(lab.hosts);
    return lab;
}

Result<LabFile> withRouterEntry(LabFile lab, const RouterEntry& router) {
    const auto found = std::ranges::find(lab.routers, router.name, &RouterEntry::name);
    if (found == lab.routers.end())
        return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no router '%1'"), router.name);
    *found = router;
    return lab;
}

Result<LabFile> withConfiguration(LabFile lab, std::string_view node, const std::string& text) {
    std::vector<ConfigSource>* config = configOf(lab, node);
    if (config == nullptr) return refusal(QT_TRANSLATE_NOOP("Refusal", "there is no node '%1'"), node);
    const bool isOneFile = config->size() == 1 && !config->front().path.empty();
    if (isOneFile) {
        config->front().text = text;
        return lab;
    }
    config->clear();
    if (!text.empty()) {
        ConfigSource source;
        source.text = text;
        config->push_back(std::move(source));
    }
    return lab;
}

std::string configurationOf(const LabFile& lab, std::string_view node) {
    std::string text;
    const auto add = [&](const std::vector<ConfigSource>& config) {
        for (const ConfigSource& source : config)
            text += source.text;
    };
    if (const RouterEntry* router = lab.router(node)) add(router->config);
    if (const HostEntry* host = lab.host(node)) add(host->config);
    return text;
}

}  // namespace peerscape::gui
