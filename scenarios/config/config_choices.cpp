#include "scenarios/config/config_choices.hpp"

#include <algorithm>
#include <span>
#include <string>

#include "engine/base/text.hpp"
#include "scenarios/config/config_language.hpp"
#include "scenarios/config/config_lines.hpp"

namespace peerscape {

namespace {

using Words = std::span<const std::string_view>;

/// The blocks that a line stands in, the top first. As FRR has it, a line that its block does not know
/// belongs to the block around.
class Blocks {
  public:
    void read(Words words) {
        if (words.empty()) return;
        const std::string_view first = words.front();
        if (first == "end") {
            modes_.resize(1);
        } else if (first == "exit" || first == "quit" || first == "exit-address-family") {
            if (modes_.size() > 1) modes_.pop_back();
        } else {
            enter(words);
        }
    }
    const std::vector<std::string>& modes() const { return modes_; }

  private:
    void enter(Words words) {
        for (std::size_t depth = modes_.size(); depth-- > 0;) {
            const auto match = configLanguage().match(modes_[depth], words);
            if (!match) continue;
            modes_.resize(depth + 1);
            if (!match->isNegated && !match->command->enters.empty())
                modes_.push_back(match->command->enters);
            return;
        }
    }

    std::vector<std::string> modes_{""};
};

}  // namespace

std::vector<Completion> choicesAtEnd(std::string_view text) {
    const std::size_t lineAt = text.rfind('\n') == std::string_view::npos ? 0 : text.rfind('\n') + 1;
    Blocks blocks;
    ConfigLines lines(text.substr(0, lineAt), 1);
    while (auto line = lines.next())
        blocks.read(line->words);
    const std::string_view last = text.substr(lineAt);
    const std::vector<std::string_view> words = splitWords(last);
    if (!words.empty() && words.front().starts_with('!')) return {};
    const bool isPartial = !words.empty() && last.back() != ' ' && last.back() != '\t';
    std::vector<Completion> choices;
    for (std::size_t depth = blocks.modes().size(); depth-- > 0;) {
        for (const Completion& found : configLanguage().complete(blocks.modes()[depth], words, isPartial)) {
            if (std::ranges::find(choices, found.text, &Completion::text) == choices.end())
                choices.push_back(found);
        }
    }
    return choices;
}

}  // namespace peerscape
