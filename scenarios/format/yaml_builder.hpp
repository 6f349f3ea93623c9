#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/yaml_tree.hpp"

/// Included by the yaml_*.cpp files only, since it names yaml-cpp's types.
namespace peerscape::yaml {

/// Ends parsing from inside one of yaml-cpp's callbacks; caught by parse().
struct Refusal {
    Spot spot;
    std::string message;
};

/// Turns byte offsets of a text into lines and columns, counting characters and not bytes.
class LineIndex {
  public:
    explicit LineIndex(std::string_view text);
    Spot at(std::size_t offset) const;

  private:
    std::string_view text_;
    std::vector<std::size_t> lineStarts_;
    /// The last answer. Questions come in the order of the text, and a line may have ten million characters.
    mutable std::size_t knownOffset_ = 0;
    mutable std::uint32_t knownColumn_ = 1;
};

/// Builds the tree from yaml-cpp's events, within the limits of yaml_tree.hpp.
class TreeBuilder final : public YAML::EventHandler {
  public:
    TreeBuilder(std::string_view text, const std::string& file, DiagnosticList& problems);

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override { closeCollection(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override { closeCollection(); }

    std::optional<Value> take() { return std::move(root_); }
    Spot spotOf(const YAML::Mark& mark) const;
    /// Where the innermost list or map that is still open begins.
    std::optional<Spot> innermostOpen() const;

  private:
    /// A list or map under construction.
    struct Open {
        Value node;
        YAML::anchor_t anchor = 0;
        std::optional<Value> key;   ///< of a map: the key whose value comes next
        std::vector<Value> merges;  ///< of a map: values of `<<`
    };
    struct Anchored {
        Value node;
        std::size_t nodes = 0;
        std::size_t bytes = 0;
        std::size_t depth = 0;
    };

    void openCollection(Value::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor);
    void closeCollection();
    void add(Value node, YAML::anchor_t anchor);
    void addEntry(Open& map, Value value);
    void merge(Open& map);
    /// Counts what aliases and the copies kept for them cost; throws once it is too much.
    void spend(std::size_t nodes, std::size_t bytes, Spot spot);
    void problem(Spot spot, std::string message);
    void refuseOpenQuote(std::size_t offset) const;

    std::string_view text_;
    const std::string& file_;
    DiagnosticList& problems_;
    LineIndex lines_;
    std::optional<Value> root_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, Anchored> anchors_;
    std::size_t documents_ = 0;
    std::size_t aliasNodes_ = 0;
    std::size_t aliasBytes_ = 0;
};

}  // namespace peerscape::yaml
