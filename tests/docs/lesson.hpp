#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

/// Lessons in Markdown whose quotations are true.
///
/// In a fenced block without a language, a line `$ COMMAND` is what the reader types into a shell, and what
/// follows is what the shell prints. `$ ./peerscape console LAB` begins a session at the console, to which
/// all lines `> LINE` of this and later blocks belong, each with its answer. A line `…` stands for any number
/// of lines. A block of YAML whose first line is `# NAME.yaml` is a file that the reader has written.
namespace peerscape::docs {

struct QuotedLine {
    std::size_t number = 0;  ///< in the lesson, from 1
    std::string text;
};

/// Something typed, and what is said to come back.
struct Exchange {
    QuotedLine input;
    std::vector<QuotedLine> output;
};

/// A command, or a session at the console.
struct Session {
    QuotedLine command;
    std::vector<QuotedLine> output;   ///< of a command
    std::vector<Exchange> exchanges;  ///< of a console
    bool isConsole() const { return command.text.starts_with("./peerscape console "); }
};

struct LessonFile {
    std::string name;
    std::string text;
};

struct Lesson {
    std::string name;
    std::vector<LessonFile> files;
    std::vector<Session> sessions;
};

Lesson readLesson(const std::string& name, const std::string& markdown);

/// Where what was quoted is not what came: "01-x.md:12: expected 'a', got 'b'"; empty: it is.
std::string difference(const std::string& lesson, const std::vector<QuotedLine>& quoted,
                       const std::string& actual);

/// Does what the lesson says in an empty folder that has `peerscape` and `scenarios` in it, and lists the
/// differences.
std::vector<std::string> follow(const Lesson& lesson, const std::filesystem::path& folder);

}  // namespace peerscape::docs
