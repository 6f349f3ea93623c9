#include "scenarios/format/lab_writer.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/random.hpp"
#include "scenarios/format/intents.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/yaml_text.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;

LabFile read(const std::string& text) {
    LabOutcome outcome = readLab(text, "lab.yaml");
    for (const Diagnostic& diagnostic : outcome.diagnostics) {
        if (diagnostic.severity == Severity::Error) ADD_FAILURE() << toString(diagnostic) << "\n" << text;
    }
    return outcome.lab.value_or(LabFile());
}

/// Draws labs that use every part of the format.
class LabMaker {
  public:
    explicit LabMaker(std::uint64_t seed) : random_(seed, "lab", "writer test") {}

    LabFile make() {
        LabFile lab;
        lab.title = text();
        lab.about = text();
        lab.seed = random_.next();
        lab.sendsWholeMessages = random_.below(2) == 0;
        const auto seconds = [&] { return Duration::seconds(static_cast<std::int64_t>(random_.below(601))); };
        if (coin()) lab.bgpPacing = {seconds(), coin() ? Duration() : seconds(), coin()};
        for (int i = 0; i < 3; ++i)
            lab.groups.push_back({"g" + std::to_string(i), word(), text(), asn(), {}, {}});
        if (coin()) lab.groups[0].parent = ref("g1");
        for (int i = 0; i < 4; ++i)
            lab.routers.push_back(router("R" + std::to_string(i)));
        lab.hosts.push_back({"no", ref("g2"), {}, ref("R1"), {}, {}, {}});
        if (coin()) lab.hosts[0].address = address(250);
        for (int i = 0; i < 3; ++i)
            lab.links.push_back(link("l" + std::to_string(i), SegmentKind::PointToPoint, i));
        for (int i = 3; i < 5; ++i)
            lab.lans.push_back(link("l" + std::to_string(i), SegmentKind::Lan, i));
        lab.probes.push_back({ref("R0"), destination(), {}, {}});
        lab.flows.push_back({"f",
                             ref("R0"),
                             destination(),
                             IpAddress::v4(7),
                             number(),
                             48 + number() % 1000,
                             duration(),
                             {},
                             {}});
        const Prefix prefix(IpAddress::v4(number() << 16), 24);
        lab.roas.push_back({prefix, {}, number(), {}});
        if (coin()) lab.roas.push_back({prefix, std::uint8_t{28}, 0, {}});
        watched_ = prefix;
        lab.watches.push_back({prefix, {Asn::number(number())}, {}});
        if (coin()) lab.watches[0].origins.push_back(Asn::number(number()));
        for (std::uint64_t i = random_.below(3); i > 0; --i)
            lab.notes.push_back({"n" + text(), {static_cast<double>(number()) / 3, -5}, {}});
        for (int i = 0; i < 3; ++i)
            lab.steps.push_back(step(i));
        return lab;
    }

  private:
    bool coin() { return random_.below(2) == 0; }
    std::uint32_t number() { return static_cast<std::uint32_t>(1 + random_.below(1000)); }
    static NameRef ref(std::string name) { return {std::move(name), {}}; }
    NameRef anyRouter() { return ref("R" + std::to_string(random_.below(4))); }
    std::optional<Duration> duration() {
        if (coin()) return std::nullopt;
        return Duration::nanoseconds(static_cast<std::int64_t>(random_.below(3'600'000'000'000)));
    }
    std::optional<Asn> asn() { return coin() ? std::nullopt : std::optional(Asn::number(number())); }
    std::string word() {
        static const std::vector<std::string> words{"as",       "no",   "null", "~",   "1.10", "0x1F",
                                                    "building", "true", "*",    "a-b", "é",    ""};
        return words[random_.below(words.size())];
    }
    std::string text() {
        static const std::vector<std::string> pieces{
            "a", " ",    "\n", ": ",   " #", "'",    "\"", "\\", "[", "]",   "{",  "}",
            ",", "|",    ">",  "-",    "- ", "?",    "&x", "*",  "!", "%",   "@",  "`",
            "é", "日本", "\t", "word", "no", "\n\n", "  ", "<<", "=", "---", "..."};
        std::string result;
        for (std::uint64_t i = random_.below(8); i > 0; --i)
            result += pieces[random_.below(pieces.size())];
        return result;
    }
    std::string stepText() {
        std::string result = "s";
        for (const char c : text()) {
            if (c != '\n' && c != '\t' && c != '\\') result += c;
        }
        return result;
    }
    PlacedAddress address(int network) {
        return {
            {IpAddress::v4(0x0a000000U + static_cast<std::uint32_t>(network) * 256 + next_++ % 250 + 1), 24},
            {}};
    }
    Destination destination() {
        if (coin()) return {"R2", {}, {}};
        return {"10.9.9.9", IpAddress::v4(0x0a090909), {}};
    }
    RouterEntry router(std::string name) {
        RouterEntry made;
        made.name = std::move(name);
        if (coin()) made.group = ref("g1");
        if (coin()) made.at = {static_cast<double>(number()) / 7, -3};
        if (coin()) made.loopback.push_back(address(200));
        made.asn = Asn::number(number());
        if (coin()) {
            made.networks.push_back({Prefix(IpAddress::v4(0x0b000000U + (next_++ << 16)), 16), {}});
            made.protocols = {IntentProtocol::Rip, IntentProtocol::Bgp};
        } else if (coin()) {
            const std::string config = text() + "\nhostname x\n";
            made.config.push_back({"", config, {}, {}});
            if (coin()) made.language = ConfigLanguage::Bird;
        }
        return made;
    }
    LinkEntry link(std::string name, SegmentKind kind, int network) {
        LinkEntry made;
        made.name = std::move(name);
        made.kind = kind;
        const bool isShort = coin();
        for (int i = 0; i < 2; ++i) {
            EndEntry end{ref("R" + std::to_string(i)), coin() ? "" : "i" + std::to_string(next_++), {}, {}};
            if (!isShort) end.addresses.push_back(address(network));
            made.ends.push_back(end);
        }
        made.delay = duration();
        if (coin()) made.bandwidth = Bandwidth::bitsPerSecond(number());
        if (coin()) made.loss = Probability::partsPerMillion(number());
        if (coin()) made.duplicate = Probability::partsPerMillion(number());
        if (coin()) made.reorder = Probability::partsPerMillion(number());
        if (coin()) made.corrupt = Probability::partsPerMillion(number());
        if (coin()) made.mtu = 68 + number();
        if (coin()) made.queueBytes = number();
        return made;
    }
    LabAction action(int index) {
        using namespace lab_action;
        const std::vector<LabAction::What> all{
            Fail{{ref("l0"), ref("R1")}, duration()},
            Restore{{ref("l1")}},
            FailSilently{{ref("l3")}, ref("R0"), duration()},
            FailOneWay{ref("l0"), ref("R0"), duration()},
            Configure{anyRouter(), {stepText(), "x", ""}},
            Command{anyRouter(), text()},
            Wait{duration().value_or(Duration())},
            Change{.link = ref("l0"),
                   .delay = duration(),
                   .bandwidth = {},
                   .loss = {},
                   .duplicate = Probability::partsPerMillion(number()),
                   .reorder = Probability::partsPerMillion(number()),
                   .corrupt = Probability::partsPerMillion(number()),
                   .mtu = 1400U,
                   .queueBytes = {}},
            Flap{ref("l1"), Duration::seconds(1), Duration::seconds(2), number()},
            Stop{anyRouter(), ""},
            Start{anyRouter(), "rip"},
            Freeze{anyRouter(), "bgp", duration()},
            Thaw{anyRouter(), ""},
            AddLink{
                link("n" + std::to_string(index) + std::to_string(next_++), SegmentKind::Lan, 20 + index)},
        };
        return {all[random_.below(all.size())], {}};
    }
    LabValue value(int depth) {
        switch (random_.below(depth > 2 ? 5 : 7)) {
            case 0:
                return LabValue();
            case 1:
                return LabValue(coin());
            case 2:
                return LabValue(static_cast<std::int64_t>(random_.next()));
            case 3:
                return LabValue(static_cast<double>(static_cast<std::int64_t>(random_.next())) / 1024);
            case 4:
                return LabValue(coin() ? text() : word());
            case 5:
                return LabValue(LabValue::List{value(depth + 1), value(depth + 1)});
            default:
                return LabValue(
                    LabValue::Map{{"k" + text(), value(depth + 1)}, {word() + "2", value(depth + 1)}});
        }
    }
    Expectation expectation() {
        using namespace lab_expect;
        const Prefix prefix(IpAddress::v4(0x0a010000), 16);
        const std::vector<Expectation::What> all{
            Converged{},
            NoLoops{},
            NoBlackHoles{},
            Reaches{anyRouter(), destination(), {}, {ref("R0"), ref("*")}, {ref("R1")}, {}},
            Unreachable{anyRouter(), destination(), IpAddress::v4(9), Disposition::Loop},
            Route{anyRouter(),
                  prefix,
                  "rip",
                  number(),
                  {},
                  number(),
                  {ref("R1")},
                  {ref("1.1.1.1"), ref("R2")},
                  {},
                  "eth0"},
            Lost{"f", {}, {}, number(), {}, {}},
            Show{anyRouter(), "show x", value(0), {stepText()}, {text()}, {}},
            Session{anyRouter(), ref("10.0.0.1"), "Active", coin() ? "no route" : ""},
            Best{anyRouter(),
                 prefix,
                 std::vector<std::string>{"", "65001 65002", "(65101) 65001 {1,2}"}[random_.below(3)],
                 ref("R1"),
                 {},
                 200U,
                 {},
                 "igp",
                 {"65000:1"},
                 {{ref("R1"), "med"}, {ref("2001:db8::1"), "as-path-length"}}},
            Rip{anyRouter(), prefix, 16U, {}},
            Messages{"rip", anyRouter(), {}, number()},
            Config{anyRouter(), {text()}, {"x"}},
            Alarm{watched_, asn(), {anyRouter(), anyRouter()}, {}},
            NoAlarms{},
        };
        Expectation made;
        made.what = all[random_.below(all.size())];
        made.name = text();
        if (coin()) made.at = ExpectationTime{ExpectationTime::Kind::After, Duration::milliseconds(number())};
        made.within = duration();
        made.negated = coin();
        made.weight = number();
        made.hint = text();
        if (coin()) made.level = ExpectationLevel::Warning;
        return made;
    }
    StepEntry step(int index) {
        StepEntry made;
        made.name = stepText();
        made.about = text();
        made.within = duration();
        if (coin()) made.at = Duration::seconds(index);
        for (int i = 0; i < 4; ++i)
            made.actions.push_back(action(index));
        for (int i = 0; i < 4; ++i)
            made.expectations.push_back(expectation());
        return made;
    }

    RandomStream random_;
    Prefix watched_;
    std::uint32_t next_ = 0;
};

TEST(LabWriter, WritesWhatReadsBackEqual) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const LabFile lab = LabMaker(seed).make();
        const std::string text = writeLab(lab);
        const LabFile again = read(text);
        ASSERT_TRUE(again == lab) << "seed " << seed << "\n"
                                  << text << "\nread again and written:\n"
                                  << writeLab(again);
    }
}

TEST(LabWriter, WritesMadeAndShippedLabsThatReadBackEqual) {
    for (const char* folder : {"tests/scenarios/format/made", "scenarios/labs"}) {
        for (const auto& entry :
             std::filesystem::directory_iterator(std::filesystem::path(PEERSCAPE_SOURCE_DIR) / folder)) {
            SCOPED_TRACE(entry.path().string());
            const LabOutcome first = readLabFile(entry.path().string());
            ASSERT_TRUE(first.lab.has_value());
            const LabOutcome second = readLab(writeLab(*first.lab), (entry.path() / "lab.yaml").string());
            ASSERT_TRUE(second.lab.has_value());
            EXPECT_TRUE(*first.lab == *second.lab);
        }
    }
}

TEST(LabWriter, WritesAsByHand) {
    const std::string text =
        "peerscape: 1\n"
        "title: Four buildings\n"
        "about: |\n"
        "  Static routing between four buildings.\n"
        "\n"
        "  And a failed link.\n"
        "\n"
        "groups:\n"
        "  a: {kind: building, title: Building A, asn: 65001}\n"
        "\n"
        "routers:\n"
        "  A: {group: a, at: [80, 120], loopback: [10.0.0.1/32]}\n"
        "  B:\n"
        "    asn: 7\n"
        "    config: |\n"
        "      hostname B\n"
        "      router rip\n"
        "       network eth0\n"
        "  \"no\": {}\n"
        "\n"
        "hosts:\n"
        "  pc1: {gateway: A}\n"
        "\n"
        "links:\n"
        "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}, bandwidth: 1Gbit, delay: "
        "2ms, loss: 0.5%}\n"
        "  - {name: A-no, ends: [A, \"no\"]}\n"
        "\n"
        "probes:\n"
        "  - {from: A, to: 10.4.0.1, source: 10.1.0.1}\n"
        "\n"
        "steps:\n"
        "  - name: cut A-B\n"
        "    within: 30s\n"
        "    do:\n"
        "      - {fail: ab, for: 10s}\n"
        "      - {configure: {router: B, lines: [router rip, no network eth0]}}\n"
        "    expect:\n"
        "      - {converged: {within: 10s}}\n"
        "      - {oscillates: true, not: true}\n"
        "      - {reaches: {from: A, to: 10.4.0.1, path: [A, \"*\", B]}, at: always, weight: 2}\n";
    EXPECT_EQ(writeLab(read(text)), text);
}

TEST(LabWriter, QuotesWhatOtherReadersOfYamlWouldMistake) {
    EXPECT_EQ(yamlWord("no"), "\"no\"");
    EXPECT_EQ(yamlWord("Null"), "\"Null\"");
    EXPECT_EQ(yamlWord("a: b"), "\"a: b\"");
    EXPECT_EQ(yamlWord("A:eth0"), "A:eth0");
    EXPECT_EQ(yamlWord("2001:db8::1/64"), "2001:db8::1/64");
    EXPECT_EQ(yamlValueWord("12"), "\"12\"");
    EXPECT_EQ(yamlValueWord("12a"), "12a");
}

TEST(LabWriter, ReplacesAFileOnlyOnceTheNewOneIsWritten) {
    const auto path = std::filesystem::path(testing::TempDir()) / "saved_lab.yaml";
    LabFile lab;
    lab.title = "saved";
    ASSERT_TRUE(writeLabFile(lab, path.string()).has_value());
    EXPECT_TRUE(readLabFile(path.string()).lab == lab);
    EXPECT_FALSE(std::filesystem::exists(path.string() + ".new"));
    EXPECT_FALSE(writeLabFile(lab, "/nowhere/at/all/lab.yaml").has_value());
    std::filesystem::remove(path);
}

}  // namespace
}  // namespace peerscape
