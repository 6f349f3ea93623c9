// `peerscape console` as another program drives it: a process at the other end of two pipes. No answer may
// get lost, doubled, or out of order.
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;
using testing::StartsWith;
using Json = nlohmann::ordered_json;

/// A test that hangs fails after this long without any byte moving. No test waits for it otherwise.
constexpr int kStuckMilliseconds = 120'000;

/// A running console.
class ConsoleProcess {
  public:
    explicit ConsoleProcess(const std::filesystem::path& lab, bool framed = true) {
        // Writing to a process that has ended is an error, not the end of the test program.
        (void)std::signal(SIGPIPE, SIG_IGN);
        std::array<int, 2> toChild{};
        std::array<int, 2> fromChild{};
        if (pipe2(toChild.data(), O_CLOEXEC) != 0 || pipe2(fromChild.data(), O_CLOEXEC) != 0)
            throw std::runtime_error("no pipes");
        std::vector<std::string> words{PEERSCAPE_PROGRAM, "console", lab.string()};
        if (framed) words.insert(words.end(), {"--framing", "nul"});
        std::vector<char*> arguments;
        for (std::string& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        child_ = fork();
        if (child_ < 0) throw std::runtime_error("no process");
        if (child_ == 0) {
            dup2(toChild[0], STDIN_FILENO);
            dup2(fromChild[1], STDOUT_FILENO);
            execv(arguments[0], arguments.data());
            _exit(127);
        }
        close(toChild[0]);
        close(fromChild[1]);
        in_ = toChild[1];
        out_ = fromChild[0];
        fcntl(in_, F_SETFL, O_NONBLOCK);
        fcntl(out_, F_SETFL, O_NONBLOCK);
    }
    ~ConsoleProcess() {
        closeInput();
        close(out_);
        if (child_ > 0) {
            kill(child_, SIGKILL);
            waitpid(child_, nullptr, 0);
        }
    }
    ConsoleProcess(const ConsoleProcess&) = delete;
    ConsoleProcess& operator=(const ConsoleProcess&) = delete;

    /// Writes everything without reading anything.
    void write(std::string_view text) {
        pump(text, false, [] { return false; });
    }
    /// Writes everything, reading what comes at the same time.
    void writeAndRead(std::string_view text) {
        pump(text, true, [] { return false; });
    }
    void closeInput() {
        if (in_ >= 0) close(in_);
        in_ = -1;
    }
    /// The next answer, without its NUL byte; fails when the process ends before it.
    std::string answer() {
        pump({}, true, [&] { return received_.find('\0') == std::string::npos; });
        const std::size_t end = received_.find('\0');
        if (end == std::string::npos) {
            ADD_FAILURE() << "the console ended without an answer; it had said: " << received_;
            return {};
        }
        std::string text = received_.substr(0, end);
        received_.erase(0, end + 1);
        return text;
    }
    std::string ask(const std::string& line) {
        write(line + "\n");
        return answer();
    }
    /// Everything up to the end of the output; the input is closed.
    std::string rest() {
        closeInput();
        pump({}, true, [&] { return !hasEnded_; });
        return std::exchange(received_, {});
    }
    int exitCode() {
        int status = 0;
        waitpid(std::exchange(child_, -1), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

  private:
    /// Moves bytes until all of `text` is written and `wantsMore` is satisfied.
    template <typename WantsMore>
    void pump(std::string_view text, bool mayRead, WantsMore wantsMore) {
        while (!isStuck_ && (!text.empty() || (wantsMore() && !hasEnded_))) {
            std::array<pollfd, 2> ends{pollfd{text.empty() ? -1 : in_, POLLOUT, 0},
                                       pollfd{mayRead && !hasEnded_ ? out_ : -1, POLLIN, 0}};
            const int ready = poll(ends.data(), ends.size(), kStuckMilliseconds);
            if (ready <= 0) {
                ADD_FAILURE() << "nothing moves any more; bytes not yet written: " << text.size();
                // Once is enough: what the test asks from here on fails at once.
                isStuck_ = hasEnded_ = true;
                return;
            }
            if (ends[0].revents != 0) {
                const ssize_t written = ::write(in_, text.data(), text.size());
                if (written < 0 && errno == EPIPE) return;
                if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
            }
            if (ends[1].revents != 0) {
                std::array<char, 16384> buffer{};
                const ssize_t count = read(out_, buffer.data(), buffer.size());
                if (count > 0) received_.append(buffer.data(), static_cast<std::size_t>(count));
                hasEnded_ = count == 0;
            }
        }
    }

    pid_t child_ = -1;
    int in_ = -1;
    int out_ = -1;
    bool hasEnded_ = false;
    bool isStuck_ = false;
    std::string received_;
};

/// A lab on disk, for there is nothing else a process could read.
class ConsoleProgram : public testing::Test {
  protected:
    std::filesystem::path lab(const std::string& text) { return folder_.write("lab.yaml", text); }
    std::filesystem::path line() { return lab(kStaticLine); }
    static std::filesystem::path shipped(const std::string& name) {
        return std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "scenarios/labs" / name;
    }

    TemporaryFolder folder_;
};

std::vector<std::string> splitAtNul(const std::string& text) {
    EXPECT_TRUE(text.empty() || text.back() == '\0') << "the last answer is not ended";
    std::vector<std::string> answers;
    std::size_t begin = 0;
    for (std::size_t end = text.find('\0'); end != std::string::npos; end = text.find('\0', begin)) {
        answers.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return answers;
}

TEST_F(ConsoleProgram, AWholeSessionIsAnsweredCommandByCommand) {
    ConsoleProcess console(shipped("four-buildings-rip"));
    const Json converged = Json::parse(console.ask("converge"));
    EXPECT_EQ(converged.at("converged"), true);
    EXPECT_GE(converged.at("time"), converged.at("last_change"));
    EXPECT_EQ(Json::parse(console.ask("A show ip route json")).at("10.4.0.0/16").at(0).at("metric"), 3);
    const double before = Json::parse(console.ask("run 10s")).at("time");
    EXPECT_DOUBLE_EQ(before, converged.at("time").get<double>() + 10);

    EXPECT_EQ(console.ask("fail ab"), "");
    EXPECT_EQ(console.ask("fail cd"), "");
    EXPECT_EQ(Json::parse(console.ask("converge 10min")).at("converged"), true);
    EXPECT_EQ(Json::parse(console.ask("A show ip route json")).count("10.4.0.0/16"), 0U);
    EXPECT_EQ(console.ask("restore ab"), "");
    EXPECT_EQ(console.ask("restore cd"), "");
    EXPECT_EQ(Json::parse(console.ask("converge")).at("converged"), true);
    EXPECT_THAT(console.ask("A ping 10.4.0.1 source 10.1.0.1 count 1"), HasSubstr(" 0% packet loss"));

    console.write("configure A\ninterface lo\n ip address 10.9.9.9/32\n");
    EXPECT_EQ(console.ask("end"), "");
    EXPECT_THAT(console.ask("A show running-config"), HasSubstr("\n ip address 10.9.9.9/32\n"));
    console.write("configure A\nno such line\n");
    EXPECT_THAT(console.ask("end"), StartsWith("% "));

    EXPECT_EQ(console.ask("stop A rip"), "");
    EXPECT_EQ(console.ask("A show ip rip"), "% RIP instance not found\n");
    EXPECT_EQ(console.ask("start A rip"), "");
    EXPECT_THAT(console.ask("A show ip rip"), StartsWith("Codes:"));
    EXPECT_THAT(console.ask("step"), StartsWith("step "));
    for (const char* command :
         {"show ip route", "show ipv6 route", "show interface", "show interface brief", "show interface json",
          "show ip rip", "show ip rip status", "show ipv6 ripng", "show running-config", "show route-map",
          "show ip prefix-list", "show ip access-list", "show version"}) {
        const std::string answer = console.ask("A "s + command);
        EXPECT_FALSE(answer.starts_with("% Unknown")) << command << ": " << answer;
    }
    EXPECT_EQ(console.ask("fingerprint").size(), 17U);
    EXPECT_EQ(console.ask("quit"), "");
    EXPECT_EQ(console.rest(), "");
    EXPECT_EQ(console.exitCode(), 0);
}

/// 500 commands, each with an answer of its own, and what belongs to each.
struct Batch {
    std::string lines;
    std::vector<std::string> beginnings;
};

Batch batch() {
    Batch result;
    for (int i = 0; i < 100; ++i) {
        result.lines += fmt::format("nonsense-{}\nrun 1s\nA show version\n\nA show ip route\n", i);
        result.beginnings.insert(result.beginnings.end(),
                                 {fmt::format("% 'nonsense-{}' ", i),
                                  fmt::format("{{\"time\":{}.0}}\n", i + 1), "FRRouting", "", "Codes:"});
    }
    return result;
}

void expectInOrder(const std::vector<std::string>& answers, const std::vector<std::string>& beginnings) {
    ASSERT_EQ(answers.size(), beginnings.size());
    for (std::size_t i = 0; i < answers.size(); ++i) {
        EXPECT_THAT(answers[i], StartsWith(beginnings[i])) << "answer " << i;
        EXPECT_EQ(answers[i].empty(), beginnings[i].empty()) << "answer " << i;
    }
}

TEST_F(ConsoleProgram, FiveHundredCommandsWrittenAtOnceAreAnsweredInOrder) {
    // The answers are more than a pipe holds, so the console has to wait for its reader, who first writes
    // all.
    ConsoleProcess console(line());
    const Batch all = batch();
    console.write(all.lines);
    const std::string answers = console.rest();
    EXPECT_GT(answers.size(), 70'000U);
    expectInOrder(splitAtNul(answers), all.beginnings);
    EXPECT_EQ(console.exitCode(), 0);
}

TEST_F(ConsoleProgram, MoreThanBothPipesHoldIsAnsweredToAReaderWhoReads) {
    ConsoleProcess console(line());
    std::string lines;
    constexpr std::size_t kCommands = 20'000;
    for (std::size_t i = 0; i < kCommands; ++i)
        lines += fmt::format("nonsense-{}\n", i);
    console.writeAndRead(lines);
    const auto answers = splitAtNul(console.rest());
    ASSERT_EQ(answers.size(), kCommands);
    for (std::size_t i = 0; i < kCommands; ++i)
        ASSERT_THAT(answers[i], StartsWith(fmt::format("% 'nonsense-{}' ", i)));
}

TEST_F(ConsoleProgram, EveryKindOfLineHasExactlyOneAnswer) {
    const std::string longLine(1'000'000, 'x');
    const std::vector<std::string> lines{"",           "   ",      "# remark",      "nonsense",
                                         "A \xff\xfe", "\xc3\x28", "fail \xff",     "A nonsense",
                                         "A",          longLine,   "A " + longLine, "fail " + longLine,
                                         "run",        "fo\0o"s,   "%s%n%d",        "A show version",
                                         "help",       "run 1s\r", "\t\t",          "\x1b[A",
                                         "'\"`$(ls)",  "end"};
    ConsoleProcess console(line());
    for (const std::string& text : lines) {
        console.writeAndRead(text + "\n");
        console.writeAndRead("fingerprint\n");
        (void)console.answer();
        // Were there an answer too many or too few, this would not be the fingerprint.
        EXPECT_EQ(console.answer().size(), 17U) << text.substr(0, 40);
    }
    EXPECT_EQ(console.rest(), "");
    EXPECT_EQ(console.exitCode(), 0);
}

TEST_F(ConsoleProgram, TheLastLineNeedsNoEnd) {
    ConsoleProcess console(line());
    console.write("run 1s\nrun 1s");
    EXPECT_EQ(console.rest(), "{\"time\":1.0}\n\0{\"time\":2.0}\n\0"s);
    EXPECT_EQ(console.exitCode(), 0);
}

TEST_F(ConsoleProgram, AConfigurationThatIsNeverEndedIsNotTaken) {
    ConsoleProcess console(line());
    console.write("run 1s\nconfigure A\nhostname X\n");
    EXPECT_EQ(console.rest(), "{\"time\":1.0}\n\0"s);
    EXPECT_EQ(console.exitCode(), 0);
}

TEST_F(ConsoleProgram, NoInputAtAllIsNoFailure) {
    ConsoleProcess console(line());
    EXPECT_EQ(console.rest(), "");
    EXPECT_EQ(console.exitCode(), 0);
}

TEST_F(ConsoleProgram, ALabThatIsWrongEndsTheProgramWithCode2) {
    ConsoleProcess console(folder_.path() / "nowhere.yaml");
    EXPECT_EQ(console.rest(), "");
    EXPECT_EQ(console.exitCode(), 2);
}

TEST_F(ConsoleProgram, WithoutFramingTheAnswersFollowOneAnother) {
    ConsoleProcess console(line(), false);
    console.write(
        "run 1s\n\n# remark\nnonsense\nconfigure A\nhostname X\nend\nrun 1s\nA show version\nquit\nrun 1s\n");
    EXPECT_EQ(console.rest(),
              "{\"time\":1.0}\n"
              "% 'nonsense' is neither a console command nor a router; 'help' lists the commands\n"
              "{\"time\":2.0}\n"
              "FRRouting 8.4.4 (X), simulated by Peerscape.\n");
    EXPECT_EQ(console.exitCode(), 0);
}

}  // namespace
}  // namespace peerscape
