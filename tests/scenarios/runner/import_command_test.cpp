// `peerscape import`: from files of others to labs that run.
#include "scenarios/runner/import_command.hpp"

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/text.hpp"
#include "protocols/bgp/process.hpp"
#include "scenarios/import/as_lab.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::filesystem::path kData =
    std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "tests/scenarios/runner/data";

class Import : public testing::Test {
  protected:
    int call(std::vector<std::string> arguments, const std::string& input = "") {
        arguments.insert(arguments.begin(), {"peerscape", "import"});
        std::vector<const char*> words;
        for (const std::string& argument : arguments)
            words.push_back(argument.c_str());
        std::istringstream in(input);
        std::ostringstream out;
        std::ostringstream err;
        const int code = runCommandLine(static_cast<int>(words.size()), words.data(), in, out, err);
        out_ = out.str();
        err_ = err.str();
        return code;
    }
    std::string path(const std::string& name) const { return folder_.path() / name; }

    TemporaryFolder folder_;
    std::string out_;
    std::string err_;
};

TEST_F(Import, WritesALabToStandardOutput) {
    EXPECT_EQ(call({"as-rel", folder_.write("small.txt", "1|2|-1\n")}), 0);
    EXPECT_THAT(out_, StartsWith("peerscape: 1\ntitle: AS relationships of small.txt\n"));
    EXPECT_THAT(err_, IsEmpty());
    EXPECT_EQ(call({"as-rel", "-"}, "1|2|-1\n"), 0);
    EXPECT_THAT(out_, StartsWith("peerscape: 1\ntitle: AS relationships of standard input\n"));
}

TEST_F(Import, WritesALabFileOrAFolderThatHoldsOne) {
    EXPECT_EQ(call({"as-rel", "-", "-o", path("deep/as.yaml")}, "1|2|-1\n"), 0);
    EXPECT_EQ(out_, path("deep/as.yaml") + ": 2 routers, 1 links, 0 LANs\n");
    EXPECT_TRUE(std::filesystem::is_regular_file(path("deep/as.yaml")));
    EXPECT_EQ(call({"as-rel", "-", "-o", path("folder")}, "1|2|-1\n"), 0);
    EXPECT_TRUE(std::filesystem::is_regular_file(path("folder/lab.yaml")));
}

TEST_F(Import, ABadFileIsCode2AndNothingIsWritten) {
    const std::string file = folder_.write("bad.txt", "1|2|-1\n2|2|0\n");
    EXPECT_EQ(call({"as-rel", file, "-o", path("lab.yaml")}), 2);
    EXPECT_EQ(err_, file + ":2:3: AS 2 is related to itself\n");
    EXPECT_THAT(out_, IsEmpty());
    EXPECT_FALSE(std::filesystem::exists(path("lab.yaml")));
    EXPECT_EQ(call({"as-rel", path("nowhere.txt")}), 2);
    EXPECT_THAT(err_, HasSubstr("nowhere.txt' cannot be opened"));
    EXPECT_EQ(call({"as-rel", folder_.path()}), 2);
    EXPECT_THAT(err_, HasSubstr("is a folder"));
    EXPECT_EQ(call({"as-rel", "-", "-o", file + "/lab.yaml"}, "1|2|0\n"), 2);
}

TEST_F(Import, WrongOptionsAreCode2) {
    for (const std::vector<std::string>& more : std::vector<std::vector<std::string>>{
             {"--around", "9"},
             {"--around", "x"},
             {"--limit", "0"},
             {"--origin", "9"},
             {"--origin", "some"},
             {"--origin", "all", "--origin", "1"},
             {"--nonsense"},
         }) {
        std::vector<std::string> arguments{"as-rel", "-"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        EXPECT_EQ(call(arguments, "1|2|-1\n"), 2) << testing::PrintToString(more);
        EXPECT_THAT(out_, IsEmpty());
        EXPECT_FALSE(err_.empty());
    }
    EXPECT_EQ(call({}), 2);
    EXPECT_EQ(call({"visio", "-"}), 2);
}

TEST_F(Import, TakesAPartAndOrigins) {
    const std::string chain = "1|2|-1\n2|3|-1\n3|4|-1\n";
    EXPECT_EQ(call({"as-rel", "-", "--around", "3", "--hops", "1", "--origin", "3", "--origin", "4"}, chain),
              0);
    EXPECT_THAT(out_, testing::Not(HasSubstr("AS1:")));
    EXPECT_THAT(out_, HasSubstr("  AS2: {asn: 2, protocols: [bgp]}\n"));
    EXPECT_THAT(out_, HasSubstr("  AS3: {asn: 3, networks: [10.0.3.0/24], protocols: [bgp]}\n"));
    EXPECT_THAT(out_, HasSubstr("  AS4: {asn: 4, networks: [10.0.4.0/24], protocols: [bgp]}\n"));
    EXPECT_EQ(call({"as-rel", "-", "--limit", "2", "--origin", "none"}, chain), 0);
    EXPECT_THAT(out_, testing::Not(HasSubstr("networks")));
}

TEST_F(Import, CyclesOfProvidersAreAllowedWhereAskedFor) {
    const std::string cycle = "1|2|-1\n2|3|-1\n3|1|-1\n";
    EXPECT_EQ(call({"as-rel", "-"}, cycle), 2);
    EXPECT_EQ(err_, "-:3:1: a cycle of providers, each of the next: AS 1 → 2 → 3 → 1\n");
    EXPECT_EQ(call({"as-rel", "-", "--allow-cycles"}, cycle), 0);
    EXPECT_THAT(err_, HasSubstr("warning: a cycle of providers"));
}

/// Per origin: the neighbour that each AS uses, as an independent solver found it.
using NextAses = std::map<std::uint32_t, std::map<std::uint32_t, std::uint32_t>>;

NextAses readNextAses(const std::vector<Asn>& ases) {
    NextAses all;
    const std::string text = readFile(kData / "as60.next-as.txt");
    for (const std::string_view line : split(text, '\n')) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto words = splitWords(line);
        EXPECT_EQ(words.size(), ases.size() + 1) << line;
        auto& row =
            all[static_cast<std::uint32_t>(readNumber(words[0].substr(0, words[0].size() - 1)).value())];
        for (std::size_t i = 0; i < ases.size(); ++i)
            row[ases[i].value()] = static_cast<std::uint32_t>(readNumber(words[i + 1]).value());
    }
    return all;
}

std::string pathFrom(const std::map<std::uint32_t, std::uint32_t>& next, std::uint32_t asn) {
    std::string text;
    for (std::uint32_t at = next.at(asn); at != 0; at = next.at(at))
        text += (text.empty() ? "" : " ") + std::to_string(at);
    return text;
}

TEST_F(Import, EveryAsPathIsTheSolvers) {
    ASSERT_EQ(call({"as-rel", kData / "as60.as-rel.txt"}), 0);
    const auto world = settledWorld(out_);
    std::vector<Asn> ases;
    for (const RouterEntry& router : world->file().routers)
        ases.push_back(router.asn.value());
    ASSERT_EQ(ases.size(), 60U);
    const NextAses next = readNextAses(ases);
    ASSERT_EQ(next.size(), 60U);
    const std::vector<Prefix> prefixes = prefixesOf(ases).value();
    for (const Asn asn : ases) {
        const NodeId node = world->nodeNamed(routerNameOf(asn)).value();
        const auto* process = dynamic_cast<const bgp::BgpProcess*>(
            world->simulation().node(node).slotOf(bgp::kBgp)->process.get());
        ASSERT_NE(process, nullptr);
        for (std::size_t i = 0; i < ases.size(); ++i) {
            const bgp::Destination* found = process->table(Family::IPv4).find(prefixes[i]);
            ASSERT_TRUE(found != nullptr && found->bestPath() != nullptr)
                << toString(asn) << " has no way to " << toString(ases[i]);
            EXPECT_EQ(found->bestPath()->attributes->asPath->text(),
                      pathFrom(next.at(ases[i].value()), asn.value()))
                << "from " << toString(asn) << " to " << toString(ases[i]);
        }
    }
}

}  // namespace
}  // namespace peerscape
