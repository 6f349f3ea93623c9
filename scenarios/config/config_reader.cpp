#include "scenarios/config/config_reader.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "engine/routing/config_session.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/config/config_language.hpp"
#include "scenarios/config/config_lines.hpp"
#include "scenarios/config/unmodelled.hpp"

namespace peerscape {
namespace {

using Words = std::span<const std::string_view>;

/// A block that is passed over: FRR's that is not modelled, or one whose first line was wrong.
struct SkippedBlock {
    std::size_t indent = 0;         ///< of the line that opened it
    bool hasIndentedLines = false;  ///< if so, the first line that is not indented ends it
    std::string header;             ///< where its lines are kept for show running-config;
                                    ///< empty: they are not
};

bool isBlockEnd(std::string_view word) { return word == "exit" || word == "quit"; }

std::string joined(Words words) { return fmt::format("{}", fmt::join(words, " ")); }

/// Reads one text, line by line.
class Reader {
  public:
    Reader(std::string file, RouterConfig base, const ConfigOptions& options)
        : file_(std::move(file)), options_(options), session_(std::move(base)) {
        session_.protocolNamed = protocolNamed;
    }

    void read(const ConfigLine& line);
    /// Whether there is room for more errors.
    bool goesOn() const { return errors_ + 1 < DiagnosticList::kMost; }
    void giveUp(const ConfigLine& line) {
        diagnostics_.error({file_, line.number, 1}, "too many errors: the text is not read from here on");
    }

    std::vector<Diagnostic> takeDiagnostics() { return diagnostics_.take(); }
    RouterConfig takeConfig() { return std::move(session_.config()); }

  private:
    SourcePlace place(const ConfigLine& line, std::size_t word) const {
        return {file_, line.number, line.columnOf(line.offsetOf(word))};
    }
    void error(SourcePlace where, std::string message) {
        ++errors_;
        diagnostics_.error(std::move(where), std::move(message));
    }

    bool passesOver(const ConfigLine& line);
    bool isKnown(Words words) const;
    bool readBlockEnd(const ConfigLine& line);
    bool readModelled(const ConfigLine& line);
    void apply(const ConfigLine& line, const ConfigLanguage::Match& match);
    bool readUnmodelled(const ConfigLine& line);
    void keepUnmodelled(Words words, bool opensBlock);
    void forgetUnmodelled(Words words);
    void reportUnknown(const ConfigLine& line);
    std::string explain(Words words, std::size_t& word) const;
    bool cannotBeNegated(Words words) const;

    std::string file_;
    ConfigOptions options_;
    ConfigSession session_;
    std::vector<ConfigMode> modes_{ConfigMode{}};  ///< the top, then the blocks the line stands in
    std::optional<SkippedBlock> skipped_;
    DiagnosticList diagnostics_;
    std::size_t errors_ = 0;
    std::size_t leftOut_ = 0;                  ///< lines that were not understood, in lenient reading
    std::vector<CommandMismatch> mismatches_;  ///< why each of `modes_` does not know the line, the
                                               ///< innermost first
};

void Reader::read(const ConfigLine& line) {
    if (line.damage) {
        error({file_, line.number, line.columnOf(line.damage->offset)}, line.damage->what);
        return;
    }
    // The first words of what `show running-config` prints, so that it can be read back as it stands.
    if (line.text == "Building configuration..." || line.text == "Current configuration:") return;
    if (line.words.empty() || passesOver(line) || readBlockEnd(line)) return;
    if (readModelled(line) || readUnmodelled(line)) return;
    reportUnknown(line);
}

bool Reader::passesOver(const ConfigLine& line) {
    if (!skipped_) return false;
    const bool isIndented = line.indent() > skipped_->indent;
    const std::string_view first = line.words.front();
    const bool isItsEnd = isBlockEnd(first) || first == "exit-vrf" || first == "exit-link-params" ||
                          first == "exit-address-family" || first == "exit-vnc";
    // Without indentation only a line that is known outside shows that the block is over.
    const bool isOver =
        !isIndented && (isItsEnd || first == "end" || skipped_->hasIndentedLines || isKnown(line.words));
    if (isOver) {
        skipped_.reset();
        return isItsEnd;
    }
    skipped_->hasIndentedLines = skipped_->hasIndentedLines || isIndented;
    if (!skipped_->header.empty()) {
        auto& kept = session_.config().unmodelledLines;
        const auto block =
            std::ranges::find_if(kept, [&](const auto& text) { return text.starts_with(skipped_->header); });
        const std::string text = joined(line.words);
        if (!(*block + "\n").contains("\n" + text + "\n"))
            *block += (block->ends_with('\n') ? "" : "\n") + text;
    }
    return true;
}

bool Reader::isKnown(Words words) const {
    return std::ranges::any_of(modes_, [&](const ConfigMode& mode) {
        return configLanguage().match(mode.name, words) || findUnmodelled(mode.name, words) != nullptr;
    });
}

bool Reader::readBlockEnd(const ConfigLine& line) {
    const std::string_view word = line.words.front();
    const bool isFamilyEnd = word == "exit-address-family";
    if (!isBlockEnd(word) && !isFamilyEnd && word != "end") return false;
    if (line.words.size() > 1) {
        error(place(line, 1), fmt::format("nothing may follow '{}'", word));
    } else if (isFamilyEnd && !modes_.back().name.contains("address-family")) {
        error(place(line, 0), "there is no address-family block to leave here");
    } else if (word == "end") {
        modes_.resize(1);
    } else if (modes_.size() > 1) {
        modes_.pop_back();
    }
    return true;
}

bool Reader::readModelled(const ConfigLine& line) {
    mismatches_.clear();
    for (std::size_t depth = modes_.size(); depth-- > 0;) {
        auto match = configLanguage().match(modes_[depth].name, line.words);
        if (match) {
            modes_.resize(depth + 1);
            apply(line, *match);
            return true;
        }
        mismatches_.push_back(std::move(match.error()));
    }
    return false;
}

void Reader::apply(const ConfigLine& line, const ConfigLanguage::Match& match) {
    const ConfigCommand& command = *match.command;
    session_.mode = modes_.back();
    const auto done = (match.isNegated ? command.undo : command.apply)(session_, match.arguments);
    for (std::string& warning : session_.takeWarnings())
        diagnostics_.warning(place(line, 0), std::move(warning));
    const bool opensBlock = !match.isNegated && !command.enters.empty();
    if (!done) {
        error(place(line, 0), done.error().message);
        if (opensBlock) skipped_ = SkippedBlock{.indent = line.indent(), .header = {}};
    } else if (opensBlock && session_.mode.name == command.enters) {
        modes_.push_back(session_.mode);  // the command itself said what its block is called
    } else if (opensBlock) {
        std::vector<std::string> arguments;  // "name sequence" makes "RM 10"
        for (const auto name : splitWords(command.entersArgument)) {
            arguments.emplace_back(match.arguments.text(name));
        }
        modes_.push_back({command.enters, join(arguments, " ")});
    }
}

bool Reader::readUnmodelled(const ConfigLine& line) {
    const bool isNegated = line.words.front() == "no";
    const Words words = Words(line.words).subspan(isNegated ? 1 : 0);
    for (std::size_t depth = modes_.size(); depth-- > 0;) {
        const UnmodelledCommand* command = findUnmodelled(modes_[depth].name, words);
        if (command == nullptr) continue;
        modes_.resize(depth + 1);
        const bool opensBlock = command->opensBlock && !isNegated;
        // Words behind the command's own may be a password.
        const auto ownWords = static_cast<std::size_t>(std::ranges::count(command->words, ' ')) + 1;
        const std::string name = joined(words.first(command->words == "router" ? 2 : ownWords));
        diagnostics_.warning(place(line, 0),
                             fmt::format("'{}' is understood but not modelled: the {} has no effect", name,
                                         opensBlock ? "block" : "line"));
        if (opensBlock)
            skipped_ =
                SkippedBlock{.indent = line.indent(), .header = depth == 0 ? joined(words) + "\n" : ""};
        if (depth == 0 && isNegated) forgetUnmodelled(words);
        if (depth == 0 && !isNegated) keepUnmodelled(words, opensBlock);
        return true;
    }
    return false;
}

/// A block is kept as its first line, a line end, and the lines in it.
void Reader::keepUnmodelled(Words words, bool opensBlock) {
    auto& kept = session_.config().unmodelledLines;
    const std::string text = joined(words) + (opensBlock ? "\n" : "");
    const auto isThere = [&](const std::string& line) {
        return opensBlock ? line.starts_with(text) : line == text;
    };
    if (std::ranges::none_of(kept, isThere)) kept.push_back(text);
}

/// `no log syslog` takes back `log syslog informational` as well, and `no router ospf` the block.
void Reader::forgetUnmodelled(Words words) {
    const std::string text = joined(words);
    std::erase_if(session_.config().unmodelledLines, [&](const std::string& line) {
        return line == text || line.starts_with(text + " ") || line.starts_with(text + "\n");
    });
}

void Reader::reportUnknown(const ConfigLine& line) {
    std::size_t word = 0;
    if (options_.lenient) {
        // To explain is dear, and of many lines only the first are shown.
        const bool isShown = ++leftOut_ <= DiagnosticList::kMost;
        std::string message = isShown ? explain(line.words, word) + "; the line is left out" : std::string();
        diagnostics_.warning(place(line, word), std::move(message));
        return;
    }
    std::string message = explain(line.words, word);
    error(place(line, word), std::move(message));
    // What is indented below a wrong line most likely is its block; its lines are not wrong in themselves.
    skipped_ = SkippedBlock{.indent = line.indent(), .hasIndentedLines = true, .header = {}};
}

/// Says why no mode knows the line, by the one that understands most of it; `word` becomes the word at fault.
std::string Reader::explain(Words words, std::size_t& word) const {
    if (cannotBeNegated(words)) {
        word = 0;
        return fmt::format("'{}' cannot be taken back with 'no'", words[1].substr(0, 60));
    }
    const auto best = std::ranges::max_element(mismatches_, {}, &CommandMismatch::word);
    word = best->word;
    if (best->kind != CommandMismatch::Kind::Unknown) return describe(*best, words);
    CommandMismatch all = *best;
    for (const auto& mismatch : mismatches_) {
        if (&mismatch == &*best || mismatch.word != word) continue;
        all.expected.insert(all.expected.end(), mismatch.expected.begin(), mismatch.expected.end());
    }
    if (word == 0) {
        all.expected.insert(all.expected.end(), {"no", "exit", "end"});
        for (const auto& command : unmodelledCommands()) {
            all.expected.emplace_back(command.words.substr(0, command.words.find(' ')));
        }
    }
    if (nearestWord(words[word], all.expected)) return describe(all, words);
    const auto elsewhere = word == 0 ? configLanguage().modesThatKnow(words) : std::vector<std::string>();
    if (elsewhere.empty()) return describe(*best, words);
    return fmt::format("'{}' is not understood here: it belongs in a block '{}'", words[0],
                       join(elsewhere, "' or '"));
}

bool Reader::cannotBeNegated(Words words) const {
    if (words.front() != "no" || words.size() < 2) return false;
    return std::ranges::any_of(modes_, [&](const ConfigMode& mode) {
        const auto match = configLanguage().match(mode.name, words.subspan(1));
        return match && !match->isNegated && !match->command->undo;
    });
}

/// Gives the processes the policy, where they or it have changed.
void connectPolicy(RouterConfig& config, const std::shared_ptr<const SharedPolicy>& policyBefore,
                   const std::map<ProtocolId, std::shared_ptr<const ProcessConfig>>& processesBefore) {
    for (auto& [id, process] : config.processes) {
        const auto before = processesBefore.find(id);
        const bool isSame =
            before != processesBefore.end() && before->second == process && config.policy == policyBefore;
        if (isSame || process == nullptr || config.policy == nullptr) continue;
        if (auto withPolicy = process->withPolicy(config.policy)) process = std::move(withPolicy);
    }
}

}  // namespace

bool ConfigOutcome::hasErrors() const {
    return std::ranges::any_of(diagnostics,
                               [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

ConfigOutcome readConfig(std::string_view text, const SourcePlace& origin, RouterConfig base,
                         const ConfigOptions& options) {
    const auto policyBefore = base.policy;
    const auto processesBefore = base.processes;
    Reader reader(origin.file, std::move(base), options);
    ConfigLines lines(text, origin.line);
    while (auto line = lines.next()) {
        if (!reader.goesOn()) {
            reader.giveUp(*line);
            break;
        }
        reader.read(*line);
    }
    ConfigOutcome outcome{reader.takeConfig(), reader.takeDiagnostics()};
    connectPolicy(outcome.config, policyBefore, processesBefore);
    return outcome;
}

}  // namespace peerscape
