#include "tests/docs/lesson.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>

namespace peerscape::docs {

namespace {

constexpr std::string_view kFence = "```";
constexpr std::string_view kLeftOut = "…";

/// Without blanks at the ends of lines, and without empty lines at the end.
std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        line.erase(line.find_last_not_of(" \r") + 1);
        lines.push_back(line);
    }
    while (!lines.empty() && lines.back().empty())
        lines.pop_back();
    return lines;
}

class LessonReader {
  public:
    explicit LessonReader(std::string name) { lesson_.name = std::move(name); }

    Lesson read(const std::string& markdown) {
        std::size_t number = 0;
        for (const std::string& line : linesOf(markdown)) {
            ++number;
            if (line.starts_with(kFence)) {
                language_ = language_ ? std::nullopt : std::optional(line.substr(kFence.size()));
                isFirst_ = true;
                output_ = nullptr;
                file_ = nullptr;
            } else if (language_) {
                take({number, line});
                isFirst_ = false;
            }
        }
        return std::move(lesson_);
    }

  private:
    void take(const QuotedLine& line) {
        if (*language_ == "yaml") return takeFile(line.text);
        if (!language_->empty()) return;
        if (line.text.starts_with("$ ")) {
            lesson_.sessions.push_back({{line.number, line.text.substr(2)}, {}, {}});
            output_ = &lesson_.sessions.back().output;
        } else if (line.text.starts_with("> ") && !lesson_.sessions.empty()) {
            auto& exchanges = lesson_.sessions.back().exchanges;
            exchanges.push_back({{line.number, line.text.substr(2)}, {}});
            output_ = &exchanges.back().output;
        } else if (output_ != nullptr) {
            output_->push_back(line);
        }
    }
    void takeFile(const std::string& line) {
        if (isFirst_ && line.starts_with("# ") && line.ends_with(".yaml")) {
            lesson_.files.push_back({line.substr(2), ""});
            file_ = &lesson_.files.back();
        } else if (file_ != nullptr) {
            file_->text += line + "\n";
        }
    }

    Lesson lesson_;
    std::optional<std::string> language_;  ///< of the block; none: between blocks
    bool isFirst_ = false;                 ///< line of its block
    std::vector<QuotedLine>* output_ = nullptr;
    LessonFile* file_ = nullptr;
};

/// What a shell in that folder prints, errors included.
std::string outputOf(const std::string& command, const std::filesystem::path& folder) {
    const std::string whole = "cd '" + folder.string() + "' && { " + command + "\n} 2>&1";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(whole.c_str(), "r"), pclose);
    if (pipe == nullptr) return "no process could be started";
    std::string text;
    std::array<char, 4096> piece{};
    for (std::size_t n = 0; (n = fread(piece.data(), 1, piece.size(), pipe.get())) > 0;)
        text.append(piece.data(), n);
    return text;
}

/// How many of the quoted lines stand in the answer from this place on.
std::size_t agreement(const std::vector<QuotedLine>& quoted, const std::vector<std::string>& actual,
                      std::size_t from) {
    std::size_t n = 0;
    while (n < quoted.size() && from + n < actual.size() && quoted[n].text == actual[from + n])
        ++n;
    return n;
}

std::string complaint(const std::string& lesson, const QuotedLine& line, const std::string& actual) {
    return lesson + ":" + std::to_string(line.number) + ": expected '" + line.text + "', got " + actual;
}

/// The answers of the console, one to each exchange; lines between `configure` and `end` have one together.
std::vector<std::string> answersOf(const Session& session, const std::filesystem::path& folder) {
    {
        std::ofstream input(folder / "typed.txt", std::ios::binary | std::ios::trunc);
        for (const Exchange& exchange : session.exchanges)
            input << exchange.input.text << "\n";
    }
    const std::string text = outputOf(session.command.text + " --framing nul < typed.txt", folder);
    std::filesystem::remove(folder / "typed.txt");
    std::vector<std::string> answers;
    std::size_t at = 0;
    bool isConfiguring = false;
    for (const Exchange& exchange : session.exchanges) {
        isConfiguring =
            exchange.input.text.starts_with("configure ") || (isConfiguring && exchange.input.text != "end");
        const std::size_t end = isConfiguring ? at : text.find('\0', at);
        answers.push_back(text.substr(at, end == std::string::npos ? end : end - at));
        at = isConfiguring ? at : end == std::string::npos ? text.size() : end + 1;
    }
    return answers;
}

}  // namespace

Lesson readLesson(const std::string& name, const std::string& markdown) {
    return LessonReader(name).read(markdown);
}

std::string difference(const std::string& lesson, const std::vector<QuotedLine>& quoted,
                       const std::string& text) {
    const std::vector<std::string> actual = linesOf(text);
    std::size_t at = 0;
    bool mayLeaveOut = false;
    for (auto first = quoted.begin(); first != quoted.end() || !mayLeaveOut;) {
        auto end = first;
        while (end != quoted.end() && end->text != kLeftOut)
            ++end;
        const std::vector<QuotedLine> piece(first, end);
        // The piece stands where most of it does; only a gap before it lets it stand further down.
        std::size_t best = at;
        if (end == quoted.end() && mayLeaveOut && actual.size() >= at + piece.size())
            best = actual.size() - piece.size();
        for (std::size_t i = at; mayLeaveOut && end != quoted.end() && i < actual.size(); ++i) {
            if (agreement(piece, actual, i) > agreement(piece, actual, best)) best = i;
        }
        const std::size_t agreed = agreement(piece, actual, best);
        if (agreed < piece.size()) {
            return complaint(lesson, piece[agreed],
                             best + agreed < actual.size() ? "'" + actual[best + agreed] + "'" : "nothing");
        }
        at = best + piece.size();
        if (end == quoted.end()) {
            if (at == actual.size()) return {};
            const std::string where =
                quoted.empty() ? "" : "after line " + std::to_string(quoted.back().number) + ", ";
            return lesson + ": " + where + "there is more: '" + actual[at] + "'";
        }
        mayLeaveOut = true;
        first = std::next(end);
        if (first == quoted.end()) return {};
    }
    return {};
}

std::vector<std::string> follow(const Lesson& lesson, const std::filesystem::path& folder) {
    for (const LessonFile& file : lesson.files)
        std::ofstream(folder / file.name, std::ios::binary) << file.text;
    std::vector<std::string> all;
    const auto compare = [&](const std::vector<QuotedLine>& quoted, const std::string& actual) {
        if (std::string found = difference(lesson.name, quoted, actual); !found.empty())
            all.push_back(std::move(found));
    };
    for (const Session& session : lesson.sessions) {
        if (!session.isConsole()) {
            compare(session.output, outputOf(session.command.text, folder));
            continue;
        }
        const std::vector<std::string> answers = answersOf(session, folder);
        for (std::size_t i = 0; i < answers.size(); ++i)
            compare(session.exchanges[i].output, answers[i]);
    }
    return all;
}

}  // namespace peerscape::docs
