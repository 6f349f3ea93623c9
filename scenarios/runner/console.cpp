#include "scenarios/runner/console.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/text.hpp"
#include "scenarios/runner/console_text.hpp"

namespace peerscape {

namespace {

struct ConsoleWord {
    std::string_view word;
    std::string_view help;
};

constexpr std::array kWords{
    ConsoleWord{"converge", "converge [T]: let time pass until nothing changes any more, at most T (1h)"},
    ConsoleWord{"run", "run T: let the time T pass, such as 500ms or 30s"},
    ConsoleWord{"seek", "seek T: go to the instant T after the start, back or forward"},
    ConsoleWord{"fail", "fail NAME: fail a link, a LAN, a router (all its cables) or router:interface"},
    ConsoleWord{"restore", "restore NAME: undo every failure of it"},
    ConsoleWord{"step", "step: carry out the actions of the lab file's next step"},
    ConsoleWord{"configure", "configure ROUTER: configuration lines follow, up to a line 'end'"},
    ConsoleWord{"stop", "stop ROUTER [PROTOCOL]: end its processes, as killing the daemon would"},
    ConsoleWord{"start", "start ROUTER [PROTOCOL]: start them again"},
    ConsoleWord{"freeze", "freeze ROUTER [PROTOCOL]: its processes hang, and handle nothing"},
    ConsoleWord{"thaw", "thaw ROUTER [PROTOCOL]: they go on, with all that they have missed"},
    ConsoleWord{
        "explain",
        "explain ROUTER PREFIX: why its route is there; explain ROUTER neighbor N: how its BGP session "
        "is; explain drop N: why a packet was lost"},
    ConsoleWord{"why-not", "why-not ROUTER PREFIX|ADDRESS: why it has no route there"},
    ConsoleWord{"records", "records [ROUTER] [FROM TO]: what happened, in words"},
    ConsoleWord{"drops", "drops [N]: the last N lost packets (20), each with its number"},
    ConsoleWord{"flows", "flows: what each measuring flow lost, where and why"},
    ConsoleWord{"origins", "origins [PREFIX]: which router sees which origin of it and its parts, by BGP"},
    ConsoleWord{"branch", "branch [NAME]: begin another timeline here; the present one stays as it is"},
    ConsoleWord{"branches", "branches: the timelines of this session"},
    ConsoleWord{"switch", "switch NAME: go to another timeline"},
    ConsoleWord{"diff", "diff ROUTER T1 T2, diff ROUTER BRANCH1 BRANCH2: rows of its table that differ"},
    ConsoleWord{"fingerprint", "fingerprint: a number that is equal for equal runs"},
    ConsoleWord{"help", "help: this list; a router's name and a command asks that router"},
    ConsoleWord{"quit", "quit: leave"},
};

double seconds(SimTime time) { return time.sinceStart().inSeconds(); }

struct Arity {
    std::string_view verb;
    std::size_t fewest;
    std::size_t most;
};

/// How many words may follow. A word too many is refused: whoever writes `fail ab cd` means both.
constexpr std::array kArities{
    Arity{"converge", 0, 1},  Arity{"run", 1, 1},     Arity{"seek", 1, 1},    Arity{"fail", 1, 1},
    Arity{"restore", 1, 1},   Arity{"step", 0, 0},    Arity{"stop", 1, 2},    Arity{"start", 1, 2},
    Arity{"configure", 1, 1}, Arity{"explain", 2, 3}, Arity{"why-not", 2, 2}, Arity{"records", 0, 3},
    Arity{"drops", 0, 1},     Arity{"flows", 0, 0},   Arity{"origins", 0, 1}, Arity{"branch", 0, 1},
    Arity{"branches", 0, 0},  Arity{"switch", 1, 1},  Arity{"diff", 3, 3},    Arity{"fingerprint", 0, 0},
    Arity{"help", 0, 0},      Arity{"quit", 0, 0},    Arity{"freeze", 1, 2},  Arity{"thaw", 1, 2},
};

bool hasRightLength(std::string_view verb, std::size_t arguments) {
    const auto arity =
        std::find_if(kArities.begin(), kArities.end(), [&](const Arity& a) { return a.verb == verb; });
    return arity == kArities.end() || (arguments >= arity->fewest && arguments <= arity->most);
}

constexpr Duration kOldest = Duration::hours(1'000'000);

/// No lab gets older than kOldest, far from where the clock of nanoseconds ends.
Result<Duration> readTime(std::string_view text, SimTime now) {
    const auto duration = readDuration(text);
    if (!duration) return duration;
    if (now.sinceStart() > kOldest - *duration) return failure("no lab gets older than 1000000h");
    return duration;
}

}  // namespace

std::string refusal(std::string_view message) {
    return message.starts_with('%') ? fmt::format("{}\n", message) : fmt::format("% {}\n", message);
}

std::string misuse(std::string_view verb) {
    const auto word =
        std::find_if(kWords.begin(), kWords.end(), [&](const ConsoleWord& w) { return w.word == verb; });
    return refusal(fmt::format("expected {}", word->help));
}

Result<Duration> readDuration(std::string_view text) {
    // As in lab files.
    constexpr Duration kLongest = Duration::hours(10'000);
    const auto duration = Duration::parse(text);
    if (duration && *duration > kLongest)
        return failure(fmt::format("'{}' is too long; at most 10000h", text));
    return duration;
}

Console::Console(LabWorld& world) : world_(world), branches_(world) {
    // Step 0 is the start, which loading the lab has begun already.
    if (!branches_.steps().isDone()) (void)branches_.steps().beginNext();
}

std::string Console::prompt() const {
    if (configuring_) return fmt::format("{}(config)# ", world_.nameOf(*configuring_));
    return fmt::format("{}> ", toString(world_.lab().now().sinceStart()));
}

Console::Answer Console::handle(std::string_view line) {
    Answer answer = answerTo(line);
    branches_.noteProgress();
    return answer;
}

Console::Answer Console::answerTo(std::string_view line) {
    if (configuring_) return handleConfigureLine(line);
    const auto words = splitWords(line);
    if (words.empty() || words.front().starts_with('#')) return {};
    const std::string_view verb = words.front();
    const std::string_view argument = words.size() > 1 ? words[1] : std::string_view();
    if (const auto node = world_.nodeNamed(verb)) {
        const auto rest = trim(trim(line).substr(verb.size()));
        if (words.size() == 3 && (words[1] == "explain" || words[1] == "why-not"))
            return {*look(words[1], std::array{verb, words[2]})};
        if (words.size() == 4 && words[1] == "explain")
            return {*look(words[1], std::array{verb, words[2], words[3]})};
        return {command(*node, rest)};
    }
    if (!hasRightLength(verb, words.size() - 1)) return {misuse(verb)};
    if (verb == "quit" || verb == "exit") return {"", false, true};
    if (verb == "converge") return {converge(argument)};
    if (verb == "run") return {run(argument)};
    if (verb == "seek") return {seek(argument)};
    if (verb == "fail" || verb == "restore") return {setTarget(argument, verb == "restore")};
    if (verb == "step") return {step()};
    if (verb == "stop" || verb == "start") return {setProcess(words, verb == "start")};
    if (verb == "freeze" || verb == "thaw") return {setFrozen(words, verb == "freeze")};
    if (verb == "fingerprint") return {fmt::format("{:016x}\n", world_.lab().fingerprint())};
    if (verb == "help" || verb == "?") {
        std::string text;
        for (const ConsoleWord& word : kWords)
            text += fmt::format("{}\n", word.help);
        return {text};
    }
    if (auto text = look(verb, Words(words).subspan(1))) return {std::move(*text)};
    if (verb == "configure") {
        const auto node = world_.nodeNamed(argument);
        if (!node) return {refusal(fmt::format("there is no router '{}'", argument))};
        configuring_ = node;
        lines_.clear();
        return {"", true};
    }
    return {unknown(verb)};
}

Console::Answer Console::handleConfigureLine(std::string_view line) {
    if (trim(line) != "end") {
        lines_.emplace_back(line);
        return {"", true};
    }
    const NodeId node = *std::exchange(configuring_, std::nullopt);
    std::vector<std::string> warnings;
    return {act([&] {
        const auto done = world_.configure(node, std::exchange(lines_, {}), warnings);
        if (!done) return refusal(toString(done.error()));
        std::string text;
        for (const std::string& warning : warnings)
            text += fmt::format("warning: {}\n", warning);
        return text;
    })};
}

std::string Console::converge(std::string_view argument) {
    Duration limit = Duration::hours(1);
    if (!argument.empty()) {
        const auto parsed = readTime(argument, world_.lab().now());
        if (!parsed) return refusal(parsed.error().message);
        limit = *parsed;
    }
    const Convergence c = world_.lab().runUntilConverged(limit);
    nlohmann::ordered_json json;
    json["time"] = seconds(world_.lab().now());
    json["converged"] = c.isConverged;
    json["last_change"] = seconds(c.lastChange);
    return json.dump() + "\n";
}

std::string Console::run(std::string_view argument) {
    const auto duration = readTime(argument, world_.lab().now());
    if (!duration) return refusal(duration.error().message);
    world_.lab().runFor(*duration);
    nlohmann::ordered_json json;
    json["time"] = seconds(world_.lab().now());
    return json.dump() + "\n";
}

std::string Console::seek(std::string_view argument) {
    const auto instant = readTime(argument, SimTime::start());
    if (!instant) return refusal(instant.error().message);
    if (const auto done = world_.lab().seek(SimTime::after(*instant)); !done)
        return refusal(done.error().message);
    nlohmann::ordered_json json;
    json["time"] = seconds(world_.lab().now());
    return json.dump() + "\n";
}

std::string Console::setTarget(std::string_view target, bool up) {
    return act([&] {
        const auto done = world_.setTarget(target, up);
        return done ? std::string() : refusal(done.error().message);
    });
}

std::string Console::setProcess(const std::vector<std::string_view>& words, bool running) {
    const auto node = world_.nodeNamed(words[1]);
    if (!node) return refusal(fmt::format("there is no router '{}'", words[1]));
    return act([&] {
        const auto done = world_.setProcess(*node, words.size() > 2 ? words[2] : std::string_view(), running);
        return done ? std::string() : refusal(done.error().message);
    });
}

std::string Console::setFrozen(const std::vector<std::string_view>& words, bool frozen) {
    const NameRef router{std::string(words[1]), {}};
    const std::string protocol(words.size() > 2 ? words[2] : std::string_view());
    LabAction action;
    if (frozen) action.what = lab_action::Freeze{router, protocol, std::nullopt};
    if (!frozen) action.what = lab_action::Thaw{router, protocol};
    if (!world_.nodeNamed(router.name)) return refusal(fmt::format("there is no router '{}'", router.name));
    return act([&] {
        const auto done = world_.perform(action, {});
        return done ? std::string() : refusal(done.error().message);
    });
}

std::string Console::step() {
    return act([&] {
        if (branches_.steps().isDone()) return refusal("the lab file has no further step");
        const std::string name = branches_.steps().nextName();
        branches_.rememberStep();
        if (const auto done = branches_.steps().beginNext(); !done) return refusal(toString(done.error()));
        return fmt::format("step {}\n", name);
    });
}

std::string Console::command(NodeId node, std::string_view line) {
    const auto looked = world_.shell().run(world_.simulation(), node, line);
    if (!looked) return refusal(looked.error().message);
    if (looked->actions.empty()) return looked->text;
    return act([&] {
        auto answer = world_.command(node, line);
        return answer ? std::move(*answer) : refusal(answer.error().message);
    });
}

std::string Console::unknown(std::string_view word) const {
    std::vector<std::string> known;
    for (const ConsoleWord& w : kWords)
        known.emplace_back(w.word);
    for (const Node& node : world_.simulation().topology().nodes())
        known.push_back(node.name);
    const auto nearest = nearestWord(word, known);
    return refusal(fmt::format("'{}' is neither a console command nor a router{}; 'help' lists the commands",
                               word, nearest ? fmt::format("; did you mean '{}'?", *nearest) : ""));
}

std::vector<Completion> Console::complete(std::string_view line) const {
    const auto words = splitWords(line);
    const bool lastIsPartial = !line.empty() && line.back() != ' ';
    if (words.size() > 1 || (words.size() == 1 && !lastIsPartial)) {
        const auto rest = trim(line).substr(words.front().size());
        if (world_.nodeNamed(words.front()))
            return world_.shell().complete(std::string(trim(rest)) + (lastIsPartial ? "" : " "));
        std::vector<Completion> names;
        for (const Node& node : world_.simulation().topology().nodes())
            names.push_back({node.name, false, "router or host"});
        if (words.front() == "fail" || words.front() == "restore") {
            for (const Segment& segment : world_.simulation().topology().segments())
                names.push_back({segment.name, false, "link or LAN"});
        }
        const std::string_view partial = lastIsPartial ? words.back() : std::string_view();
        std::erase_if(names, [&](const Completion& c) { return !c.text.starts_with(partial); });
        return names;
    }
    const std::string_view partial = words.empty() ? std::string_view() : words.front();
    std::vector<Completion> result;
    for (const ConsoleWord& w : kWords) {
        if (w.word.starts_with(partial)) result.push_back({std::string(w.word), false, std::string(w.help)});
    }
    for (const Node& node : world_.simulation().topology().nodes()) {
        if (node.name.starts_with(partial)) result.push_back({node.name, false, "ask this router"});
    }
    return result;
}

}  // namespace peerscape
