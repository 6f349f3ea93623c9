#include "scenarios/explain/config_origin.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "protocols/static_routes/config.hpp"
#include "scenarios/config/config_reader.hpp"
#include "scenarios/config/running_config.hpp"

namespace peerscape {

namespace {

/// Reads a text up to some line on top of what was read before it.
class PartialReader {
  public:
    PartialReader(std::string_view text, const RouterConfig& base) : text_(text), base_(base) {
        ends_.push_back(0);
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\n') ends_.push_back(i + 1);
        }
        if (ends_.back() != text.size()) ends_.push_back(text.size());
    }

    std::size_t lines() const { return ends_.size() - 1; }
    /// Counted from 1.
    std::string_view line(std::size_t number) const {
        return trim(text_.substr(ends_[number - 1], ends_[number] - ends_[number - 1]));
    }
    /// Of the line's first word, counted from 1. Nothing but blanks of one byte stands in front of it.
    std::uint32_t columnOf(std::size_t number) const {
        return static_cast<std::uint32_t>(line(number).data() - text_.data() - ends_[number - 1]) + 1;
    }
    RouterConfig read(std::size_t count) const {
        return readConfig(text_.substr(0, ends_[count]), {}, base_, ConfigOptions{true}).config;
    }

  private:
    std::string_view text_;
    const RouterConfig& base_;
    std::vector<std::size_t> ends_;
};

/// The number of the line that turns the claim true, by halving; 0 when the whole text does not.
std::size_t turningLine(const PartialReader& reader, const ConfigClaim& claim) {
    if (claim(reader.read(0)) || !claim(reader.read(reader.lines()))) return 0;
    std::size_t isNot = 0;
    std::size_t is = reader.lines();
    while (is - isNot > 1) {
        const std::size_t middle = isNot + (is - isNot) / 2;
        (claim(reader.read(middle)) ? is : isNot) = middle;
    }
    return is;
}

std::optional<ConfigOrigin> lineInSources(const std::vector<ConfigSource>& sources,
                                          const ConfigClaim& claim) {
    RouterConfig base;
    for (const ConfigSource& source : sources) {
        const PartialReader reader(source.text, base);
        if (const std::size_t number = turningLine(reader, claim); number != 0) {
            SourcePlace place = source.origin.at;
            place.line += static_cast<std::uint32_t>(number - 1);
            place.column = 0;
            return ConfigOrigin{std::string(reader.line(number)), std::move(place), reader.columnOf(number)};
        }
        RouterConfig whole = reader.read(reader.lines());
        base = std::move(whole);
    }
    return std::nullopt;
}

const std::vector<ConfigSource>* sourcesOf(const LabFile& file, std::string_view node) {
    if (const RouterEntry* router = file.router(node)) return &router->config;
    if (const HostEntry* host = file.host(node)) return &host->config;
    return nullptr;
}

bool isOf(const EndEntry& end, std::string_view node, std::string_view interface) {
    return end.node.name == node && end.interface == interface;
}

}  // namespace

std::string toString(const ConfigOrigin& origin) {
    if (!origin.place) return fmt::format("'{}' (typed while the lab ran)", origin.line);
    return fmt::format("'{}' ({})", origin.line, toString(*origin.place));
}

std::optional<ConfigOrigin> lineThatSays(const Evidence& evidence, NodeId node, const ConfigClaim& claim) {
    const RouterConfig& present = *evidence.world.node(node).config;
    if (const auto* sources = sourcesOf(evidence.file, evidence.nameOf(node))) {
        if (auto origin = lineInSources(*sources, claim)) return origin;
    }
    const RouterConfig empty;
    const std::string text = showRunningConfig(present);
    const PartialReader reader(text, empty);
    const std::size_t number = turningLine(reader, claim);
    if (number == 0) return std::nullopt;
    return ConfigOrigin{std::string(reader.line(number)), std::nullopt};
}

std::optional<ConfigOrigin> lineOfNetwork(const Evidence& evidence, InterfaceRef interface,
                                          const Prefix& network) {
    const std::string& node = evidence.nameOf(interface.node);
    const std::string& name = evidence.topology().interface(interface).name;
    for (const auto* entries : {&evidence.file.links, &evidence.file.lans}) {
        for (const LinkEntry& link : *entries) {
            for (const EndEntry& end : link.ends) {
                const auto isThere = [&](const PlacedAddress& a) { return a.value.network() == network; };
                const auto found = std::ranges::find_if(end.addresses, isThere);
                if (!isOf(end, node, name) || found == end.addresses.end()) continue;
                SourcePlace place = found->place.at.line != 0 ? found->place.at : link.place.at;
                place.column = 0;
                return ConfigOrigin{fmt::format("{}: {} on {} {}", evidence.topology().nameOf(interface),
                                                toString(found->value),
                                                link.kind == SegmentKind::Lan ? "LAN" : "link", link.name),
                                    std::move(place)};
            }
        }
    }
    if (const RouterEntry* router = evidence.file.router(node); router != nullptr && name == "lo") {
        for (const PlacedAddress& address : router->loopback) {
            if (address.value.network() != network) continue;
            SourcePlace place = address.place.at;
            place.column = 0;
            return ConfigOrigin{"loopback: " + toString(address.value), std::move(place)};
        }
    }
    return lineThatSays(evidence, interface.node, [&](const RouterConfig& config) {
        const auto found = config.interfaces.find(name);
        if (found == config.interfaces.end()) return false;
        return std::ranges::any_of(found->second.addresses,
                                   [&](const InterfaceAddress& a) { return a.network() == network; });
    });
}

std::optional<ConfigOrigin> lineOfStaticRoute(const Evidence& evidence, NodeId node, const Prefix& prefix,
                                              Distance distance) {
    return lineThatSays(evidence, node, [&](const RouterConfig& config) {
        const auto found = config.processes.find(static_routes::kStatic);
        if (found == config.processes.end()) return false;
        const auto* routes = dynamic_cast<const static_routes::StaticConfig*>(found->second.get());
        return routes != nullptr && routes->find(prefix, distance) != nullptr;
    });
}

}  // namespace peerscape
