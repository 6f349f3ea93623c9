#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/time.hpp"
#include "scenarios/format/lab_file.hpp"
#include "scenarios/format/yaml_text.hpp"

/// Pieces of the writer that stand on one line.
namespace peerscape {

/// Builds `{key: value, …}` piece by piece. Values are given as finished YAML.
class FlowMap {
  public:
    FlowMap& add(std::string_view key, std::string_view value);
    FlowMap& addWord(std::string_view key, std::string_view text) { return add(key, yamlWord(text)); }
    /// Left out when empty.
    FlowMap& addText(std::string_view key, std::string_view text) {
        return text.empty() ? *this : addWord(key, text);
    }
    FlowMap& addName(std::string_view key, const std::optional<NameRef>& name) {
        return name ? addWord(key, name->name) : *this;
    }
    FlowMap& addDuration(std::string_view key, const std::optional<Duration>& duration) {
        return duration ? add(key, toLabText(*duration)) : *this;
    }
    template <typename Number>
    FlowMap& addNumber(std::string_view key, const std::optional<Number>& number) {
        return number ? add(key, std::to_string(*number)) : *this;
    }
    template <typename T>
    FlowMap& addPrinted(std::string_view key, const std::optional<T>& value) {
        return value ? addWord(key, toString(*value)) : *this;
    }
    /// Left out when empty.
    FlowMap& addWords(std::string_view key, const std::vector<std::string>& words);
    FlowMap& addNames(std::string_view key, const std::vector<NameRef>& names);

    bool isEmpty() const { return entries_.empty(); }
    std::string text() const;
    /// The same in block style: one key a line, each behind `indent` blanks.
    std::string block(std::size_t indent) const;

  private:
    std::vector<std::string> entries_;  ///< "key: value"
};

/// `[a, b]` of finished YAML.
std::string flowList(const std::vector<std::string>& items);
std::string flowWords(const std::vector<std::string>& words);
std::string flowNames(const std::vector<NameRef>& names);
std::string flowAddresses(const std::vector<PlacedAddress>& addresses);

std::string flowBgp(const BgpPacing& pacing);
std::string flowLink(const LinkEntry& link);
std::string flowProbe(const ProbeEntry& probe);
std::string flowFlow(const FlowEntry& flow);
std::string flowRoa(const RoaEntry& roa);
std::string flowWatch(const WatchEntry& watch);
std::string flowAction(const LabAction& action);
std::string flowExpectation(const Expectation& claim);

}  // namespace peerscape
