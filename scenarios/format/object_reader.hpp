#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/result.hpp"
#include "engine/base/time.hpp"
#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/lab_keys.hpp"
#include "scenarios/format/lab_names.hpp"
#include "scenarios/format/lab_value.hpp"
#include "scenarios/format/yaml_tree.hpp"

/// From nodes of the YAML tree to values. Whatever does not fit is reported with its place and gives nothing.
namespace peerscape {

/// What all readers share: the file's name and the list of what is wrong with it.
struct ReadContext {
    const std::string& file;
    DiagnosticList& problems;

    SourcePlace at(yaml::Spot spot) const { return {file, spot.line, spot.column}; }
    Place place(yaml::Spot spot) const { return {at(spot)}; }
    void error(yaml::Spot spot, std::string message) const { problems.error(at(spot), std::move(message)); }
};

/// Long texts do not belong into messages whole: their first 60 bytes.
std::string shortened(std::string_view text);
/// "; did you mean 'x'?" when one of the candidates is near, otherwise nothing.
std::string didYouMean(std::string_view word, std::span<const std::string> candidates);

std::optional<std::string> readText(const ReadContext& context, const yaml::Value& node);
/// A name others can refer to: no blanks, no ':' and no '/'.
std::optional<NameRef> readName(const ReadContext& context, const yaml::Value& node);
bool isName(const ReadContext& context, std::string_view word, yaml::Spot spot);
/// "router:interface" or the name of something.
std::optional<NameRef> readTarget(const ReadContext& context, const yaml::Value& node);
std::optional<Destination> readDestination(const ReadContext& context, const yaml::Value& node);
std::optional<std::uint64_t> readWhole(const ReadContext& context, const yaml::Value& node,
                                       std::uint64_t least, std::uint64_t most);
std::optional<std::uint32_t> readWhole32(const ReadContext& context, const yaml::Value& node);
std::optional<bool> readTruth(const ReadContext& context, const yaml::Value& node);
/// Not negative, at most 10,000 hours.
std::optional<Duration> readDuration(const ReadContext& context, const yaml::Value& node);
std::optional<Bandwidth> readBandwidth(const ReadContext& context, const yaml::Value& node);
std::optional<Probability> readProbability(const ReadContext& context, const yaml::Value& node);
std::optional<Asn> readAsn(const ReadContext& context, const yaml::Value& node);
std::optional<IpAddress> readAddress(const ReadContext& context, const yaml::Value& node);
std::optional<Prefix> readPrefix(const ReadContext& context, const yaml::Value& node);
std::optional<PlacedAddress> readInterfaceAddress(const ReadContext& context, const yaml::Value& node);
/// The position of the word among `words`.
std::optional<std::size_t> readWord(const ReadContext& context, const yaml::Value& node,
                                    std::span<const std::string_view> words, std::string_view what);
/// A list of texts, or one text whose lines are the items.
std::vector<std::string> readLines(const ReadContext& context, const yaml::Value& node);
LabValue readValue(const yaml::Value& node);

/// The items of a list; one item alone may stand without brackets. Nothing stands for an empty list.
template <typename T, typename Read>
std::vector<T> readList(const ReadContext& context, const yaml::Value& node, Read readOne) {
    std::vector<T> values;
    const auto add = [&](const yaml::Value& item) {
        if (auto value = readOne(context, item)) values.push_back(std::move(*value));
    };
    if (node.kind == yaml::Value::Kind::List) {
        for (const yaml::Value& item : node.items)
            add(item);
    } else if (node.kind != yaml::Value::Kind::Null) {
        add(node);
    }
    return values;
}

/// Reads one map by its table of keys: reports unknown and missing keys, and hands out the values.
class ObjectReader {
  public:
    /// `also`: keys of another table that may stand in the same map.
    ObjectReader(const ReadContext& context, const yaml::Value& node, const ObjectKeys& keys,
                 const ObjectKeys* also = nullptr);

    /// False when the node is no map (which has been reported) or lacks a required key.
    bool isUsable() const { return isUsable_; }
    const ReadContext& context() const { return context_; }
    yaml::Spot spot() const { return node_.spot; }
    Place place() const { return context_.place(node_.spot); }

    /// The value of a key of the table, if the map has it.
    const yaml::Value* find(std::string_view key) const;
    yaml::Spot keySpot(std::string_view key) const;

    /// Puts the value of the key into `target`, when it is there and fits.
    template <typename Target, typename Read, typename... More>
    void read(std::string_view key, Target& target, Read readOne, More... more) const {
        const yaml::Value* value = find(key);
        if (value == nullptr) return;
        if (auto result = readOne(context_, *value, more...)) target = std::move(*result);
    }
    template <typename T, typename Read>
    void readAll(std::string_view key, std::vector<T>& target, Read readOne) const {
        if (const yaml::Value* value = find(key)) target = readList<T>(context_, *value, readOne);
    }

  private:
    void reportUnknown() const;

    const ReadContext& context_;
    const yaml::Value& node_;
    const ObjectKeys& keys_;
    const ObjectKeys* also_;
    bool isUsable_ = false;
};

}  // namespace peerscape
