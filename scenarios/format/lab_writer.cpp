#include "scenarios/format/lab_writer.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "scenarios/format/flow_text.hpp"
#include "scenarios/format/yaml_text.hpp"

namespace peerscape {

namespace {

/// A text under a key: a block where it has lines, else one word.
std::string textUnder(std::string_view text, std::size_t indent) {
    return fitsYamlBlock(text) ? yamlBlock(text, indent) : yamlWord(text) + "\n";
}

std::string positionText(const std::array<double, 2>& at) { return fmt::format("[{}, {}]", at[0], at[1]); }

class LabPrinter {
  public:
    explicit LabPrinter(const LabFile& lab) : lab_(lab) {}

    std::string print() {
        text_ = "peerscape: 1\n";
        if (!lab_.title.empty()) text_ += "title: " + yamlWord(lab_.title) + "\n";
        if (!lab_.about.empty()) text_ += "about: " + textUnder(lab_.about, 2);
        if (lab_.seed != LabFile().seed) text_ += fmt::format("seed: {}\n", lab_.seed);
        if (lab_.sendsWholeMessages) text_ += "tcp: messages\n";
        if (lab_.bgpPacing != BgpPacing()) text_ += "bgp: " + flowBgp(lab_.bgpPacing) + "\n";
        printGroups();
        printRouters();
        printHosts();
        printList("links", lab_.links, flowLink);
        printList("lans", lab_.lans, flowLink);
        printList("probes", lab_.probes, flowProbe);
        printList("flows", lab_.flows, flowFlow);
        printList("roas", lab_.roas, flowRoa);
        printList("watch", lab_.watches, flowWatch);
        printNotes();
        printSteps();
        return std::move(text_);
    }

  private:
    template <typename Entry>
    void printList(std::string_view key, const std::vector<Entry>& entries,
                   std::string (*one)(const Entry&)) {
        if (entries.empty()) return;
        text_ += fmt::format("\n{}:\n", key);
        for (const Entry& entry : entries)
            text_ += "  - " + one(entry) + "\n";
    }

    void printGroups() {
        if (lab_.groups.empty()) return;
        text_ += "\ngroups:\n";
        for (const GroupEntry& group : lab_.groups) {
            FlowMap map;
            map.addText("kind", group.kind).addText("title", group.title);
            if (group.asn) map.add("asn", toString(*group.asn));
            map.addName("parent", group.parent);
            text_ += fmt::format("  {}: {}\n", yamlWord(group.name), map.text());
        }
    }

    void printRouters() {
        if (lab_.routers.empty()) return;
        text_ += "\nrouters:\n";
        for (const RouterEntry& router : lab_.routers) {
            FlowMap map;
            map.addName("group", router.group);
            if (router.at) map.add("at", positionText(*router.at));
            if (router.asn) map.add("asn", toString(*router.asn));
            if (!router.loopback.empty()) map.add("loopback", flowAddresses(router.loopback));
            std::vector<std::string> networks;
            for (const PlacedPrefix& network : router.networks)
                networks.push_back(toString(network.value));
            map.addWords("networks", networks);
            std::vector<std::string> protocols;
            for (const IntentProtocol protocol : router.protocols)
                protocols.emplace_back(toString(protocol));
            map.addWords("protocols", protocols);
            if (router.reflectsRoutes) map.add("route-reflector", "true");
            if (router.language != ConfigLanguage::Frr) map.add("language", toString(router.language));
            printNode(router.name, map, router.config);
        }
    }

    void printHosts() {
        if (lab_.hosts.empty()) return;
        text_ += "\nhosts:\n";
        for (const HostEntry& host : lab_.hosts) {
            FlowMap map;
            map.addName("gateway", host.gateway);
            if (host.address) map.addWord("address", toString(host.address->value));
            map.addName("group", host.group);
            if (host.at) map.add("at", positionText(*host.at));
            printNode(host.name, map, host.config);
        }
    }

    /// One line, unless configuration text has to stand below it.
    void printNode(const std::string& name, FlowMap& settings, const std::vector<ConfigSource>& config) {
        bool hasText = false;
        for (const ConfigSource& source : config)
            hasText = hasText || source.path.empty();
        if (!hasText) {
            if (config.size() == 1) settings.addWord("config", config[0].path);
            std::vector<std::string> paths;
            for (const ConfigSource& source : config)
                paths.push_back(source.path);
            if (config.size() > 1) settings.addWords("config", paths);
            text_ += fmt::format("  {}: {}\n", yamlWord(name), settings.text());
            return;
        }
        text_ += fmt::format("  {}:\n", yamlWord(name));
        text_ += settings.block(4);
        if (config.size() == 1) {
            text_ += "    config: " + configText(config[0], 6);
            return;
        }
        text_ += "    config:\n";
        for (const ConfigSource& source : config)
            text_ += "      - " + configText(source, 8);
    }

    static std::string configText(const ConfigSource& source, std::size_t indent) {
        return source.path.empty() ? textUnder(source.text, indent) : yamlWord(source.path) + "\n";
    }

    void printNotes() {
        if (lab_.notes.empty()) return;
        text_ += "\nnotes:\n";
        for (const NoteEntry& note : lab_.notes) {
            text_ += fmt::format("  - at: {}\n", positionText(note.at));
            text_ += "    text: " + textUnder(note.text, 6);
        }
    }

    void printSteps() {
        if (lab_.steps.empty()) return;
        text_ += "\nsteps:\n";
        for (const StepEntry& step : lab_.steps) {
            text_ += "  - name: " + yamlWord(step.name) + "\n";
            if (!step.about.empty()) text_ += "    about: " + textUnder(step.about, 6);
            const auto printTime = [&](std::string_view key, const std::optional<Duration>& time) {
                if (time) text_ += fmt::format("    {}: {}\n", key, toLabText(*time));
            };
            printTime("at", step.at);
            printTime("within", step.within);
            printTime("until", step.until);
            if (!step.actions.empty()) text_ += "    do:\n";
            for (const LabAction& action : step.actions)
                text_ += "      - " + flowAction(action) + "\n";
            if (!step.expectations.empty()) text_ += "    expect:\n";
            for (const Expectation& claim : step.expectations)
                text_ += "      - " + flowExpectation(claim) + "\n";
        }
    }

    const LabFile& lab_;
    std::string text_;
};

}  // namespace

std::string writeLab(const LabFile& lab) { return LabPrinter(lab).print(); }

Result<void> writeLabFile(const LabFile& lab, const std::string& path) {
    const std::string temporary = path + ".new";
    {
        std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
        stream << writeLab(lab);
        stream.flush();
        if (!stream) return failure(fmt::format("'{}' cannot be written", temporary));
    }
    std::error_code code;
    std::filesystem::rename(temporary, path, code);
    if (code) return failure(fmt::format("'{}' cannot be replaced: {}", path, code.message()));
    return {};
}

}  // namespace peerscape
