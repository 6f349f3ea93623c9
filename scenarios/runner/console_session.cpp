#include "scenarios/runner/console_session.hpp"

#include <algorithm>
#include <cstdio>
#include <histedit.h>
#include <istream>
#include <memory>
#include <ostream>
#include <string>

#include <fmt/format.h>

namespace peerscape {

namespace {

constexpr int kHistoryLines = 500;

/// What libedit's callbacks, which carry one pointer, need.
struct Terminal {
    Console* console = nullptr;
    std::string prompt;
};

Terminal* terminalOf(EditLine* editor) {
    void* data = nullptr;
    el_get(editor, EL_CLIENTDATA, &data);
    return static_cast<Terminal*>(data);
}

char* promptOf(EditLine* editor) { return terminalOf(editor)->prompt.data(); }

std::string lineUpToCursor(EditLine* editor) {
    const LineInfo* line = el_line(editor);
    return {line->buffer, line->cursor};
}

void list(const std::vector<Completion>& completions) {
    std::size_t width = 0;
    for (const Completion& c : completions)
        width = std::max(width, c.text.size());
    std::string text = "\n";
    for (const Completion& c : completions)
        text += fmt::format("  {:{}}  {}\n", c.text, width, c.help);
    std::fputs(text.c_str(), stdout);
}

std::string commonBeginning(const std::vector<Completion>& completions) {
    std::string common = completions.front().text;
    for (const Completion& c : completions) {
        const auto differ = std::mismatch(common.begin(), common.end(), c.text.begin(), c.text.end());
        common.erase(differ.first, common.end());
    }
    return common;
}

/// Tab: completes as far as only one meaning is possible, and lists the choices otherwise.
unsigned char completeWord(EditLine* editor, int) {
    const std::string line = lineUpToCursor(editor);
    std::vector<Completion> completions = terminalOf(editor)->console->complete(line);
    if (completions.empty()) return CC_ERROR;
    const bool allWords = std::none_of(completions.begin(), completions.end(),
                                       [](const Completion& c) { return c.isVariable; });
    const std::size_t wordBegin =
        line.find_last_of(' ') == std::string::npos ? 0 : line.find_last_of(' ') + 1;
    std::string more = allWords ? commonBeginning(completions) : std::string();
    more = more.size() > line.size() - wordBegin ? more.substr(line.size() - wordBegin) : std::string();
    if (allWords && completions.size() == 1) more += " ";
    if (more.empty()) {
        list(completions);
        return CC_REDISPLAY;
    }
    return el_insertstr(editor, more.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
}

/// `?`: what may stand here.
unsigned char explainWord(EditLine* editor, int) {
    const auto completions = terminalOf(editor)->console->complete(lineUpToCursor(editor));
    if (completions.empty()) return CC_ERROR;
    list(completions);
    return CC_REDISPLAY;
}

}  // namespace

void converse(Console& console, std::istream& in, std::ostream& out, Framing framing) {
    std::string line;
    while (std::getline(in, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        Console::Answer answer = console.handle(line);
        // Refusals repeat what was typed. A NUL in there would look like the end of the answer.
        if (framing == Framing::Nul) std::replace(answer.text.begin(), answer.text.end(), '\0', '?');
        if (answer.expectsMore) continue;
        out << answer.text;
        if (framing == Framing::Nul) out << '\0';
        out << std::flush;
        if (answer.quits) return;
    }
}

void converseOnTerminal(Console& console) {
    const std::unique_ptr<EditLine, decltype(&el_end)> editor(el_init("peerscape", stdin, stdout, stderr),
                                                              &el_end);
    const std::unique_ptr<History, decltype(&history_end)> past(history_init(), &history_end);
    if (!editor || !past) return;
    Terminal terminal{&console, {}};
    HistEvent event;
    history(past.get(), &event, H_SETSIZE, kHistoryLines);
    el_set(editor.get(), EL_CLIENTDATA, &terminal);
    el_set(editor.get(), EL_PROMPT, &promptOf);
    el_set(editor.get(), EL_EDITOR, "emacs");
    el_set(editor.get(), EL_HIST, history, past.get());
    el_set(editor.get(), EL_ADDFN, "peerscape-complete", "complete the word", &completeWord);
    el_set(editor.get(), EL_ADDFN, "peerscape-explain", "list what may stand here", &explainWord);
    el_set(editor.get(), EL_BIND, "^I", "peerscape-complete", nullptr);
    el_set(editor.get(), EL_BIND, "?", "peerscape-explain", nullptr);
    while (true) {
        terminal.prompt = console.prompt();
        int length = 0;
        const char* line = el_gets(editor.get(), &length);
        if (line == nullptr || length <= 0) break;
        std::string text(line, static_cast<std::size_t>(length));
        while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
            text.pop_back();
        if (!text.empty()) history(past.get(), &event, H_ENTER, text.c_str());
        const Console::Answer answer = console.handle(text);
        std::fputs(answer.text.c_str(), stdout);
        std::fflush(stdout);
        if (answer.quits) break;
    }
}

}  // namespace peerscape
