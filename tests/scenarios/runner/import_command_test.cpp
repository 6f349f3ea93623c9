// `peerscape import`: from files of others to labs that run.
#include "scenarios/runner/import_command.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
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

TEST_F(Import, ReadsGraphml) {
    const std::string file = kData / "towns.graphml";
    EXPECT_EQ(call({"graphml", file, "-o", path("towns")}), 0);
    EXPECT_EQ(out_, path("towns/lab.yaml") + ": 13 routers, 13 links, 1 LANs\n");
    EXPECT_THAT(err_, HasSubstr(file + ": warning: the network falls into 2 parts that no link joins\n"));
    EXPECT_EQ(call({"graphml", file, "--igp", "eigrp", "--without-external"}), 0);
    EXPECT_THAT(
        out_,
        StartsWith("peerscape: 1\ntitle: \"Thirteen towns, 2026_11\"\nabout: |\n  Drawn after an atlas\n"));
    EXPECT_THAT(out_, HasSubstr("protocols: [eigrp]"));
    EXPECT_THAT(out_, testing::Not(HasSubstr("Neighbour-AS")));
    EXPECT_EQ(call({"graphml", file, "--igp", "ospf"}), 2);
    EXPECT_EQ(call({"graphml", "-"}, "<graphml>\n<graph><node/></graph></graphml>"), 2);
    EXPECT_EQ(err_, "-:2:8: a node has an 'id'\n");
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

/// In links and LANs, by Boost.Graph: from every router of an interior protocol to every other that can be
/// reached.
std::map<std::string, std::map<std::string, std::uint32_t>> distancesIn(const LabFile& lab) {
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
    std::vector<std::string> names;
    for (const RouterEntry& router : lab.routers) {
        if (!router.protocols.empty()) names.push_back(router.name);
    }
    Graph graph(names.size());
    const auto indexOf = [&](const EndEntry& end) {
        return std::ranges::find(names, end.node.name) - names.begin();
    };
    for (const auto* segments : {&lab.links, &lab.lans}) {
        for (const LinkEntry& segment : *segments) {
            for (const EndEntry& a : segment.ends) {
                for (const EndEntry& b : segment.ends) {
                    const bool isInside = indexOf(a) < std::ssize(names) && indexOf(b) < std::ssize(names);
                    if (&a < &b && isInside) boost::add_edge(indexOf(a), indexOf(b), graph);
                }
            }
        }
    }
    std::map<std::string, std::map<std::string, std::uint32_t>> all;
    for (std::size_t from = 0; from < names.size(); ++from) {
        constexpr std::uint32_t kFar = UINT32_MAX;
        std::vector<std::uint32_t> distances(names.size(), kFar);
        distances[from] = 0;
        const auto record = boost::record_distances(distances.data(), boost::on_tree_edge());
        boost::breadth_first_search(graph, from, boost::visitor(boost::make_bfs_visitor(record)));
        for (std::size_t to = 0; to < names.size(); ++to) {
            if (to != from && distances[to] != kFar) all[names[from]][names[to]] = distances[to];
        }
    }
    return all;
}

TEST_F(Import, RipInsideHasTheDistancesOfBoostGraph) {
    ASSERT_EQ(call({"graphml", kData / "towns.graphml"}), 0);
    const LabFile lab = readLab(out_, "towns.yaml").lab.value();
    const auto world = settledWorld(out_);
    const auto distances = distancesIn(lab);
    EXPECT_EQ(distances.size(), 11U);  // without Davos, to which no link leads, and the neighbour
    for (const RouterEntry& from : lab.routers) {
        const Rib& rib = world->simulation().node(world->nodeNamed(from.name).value()).rib;
        for (const RouterEntry& to : lab.routers) {
            if (to.networks.empty() || to.name == from.name) continue;
            const SelectedRoute route = rib.selected(to.networks.front().value);
            const bool isReached = distances.contains(from.name) && distances.at(from.name).contains(to.name);
            ASSERT_EQ(route.exists(), isReached) << from.name << " to " << to.name;
            if (isReached) {
                EXPECT_EQ(route.metric, distances.at(from.name).at(to.name) + 1)
                    << from.name << " to " << to.name;
            }
        }
    }
}

TEST_F(Import, EigrpInsideReachesWhatIsJoinedAndAvoidsTheSlowLink) {
    ASSERT_EQ(call({"graphml", kData / "towns.graphml", "--igp", "eigrp"}), 0);
    const LabFile lab = readLab(out_, "towns.yaml").lab.value();
    const auto world = settledWorld(out_);
    const auto distances = distancesIn(lab);
    for (const auto& [from, others] : distances) {
        const Rib& rib = world->simulation().node(world->nodeNamed(from).value()).rib;
        for (const auto& [to, distance] : others)
            EXPECT_TRUE(rib.selected(lab.router(to)->networks.front().value).exists())
                << from << " to " << to;
    }
    // St. Gallen and Chur are joined by 64 kbit/s; three times round by 2 Mbit/s is better.
    const auto chur = lab.router("Chur")->networks.front().value;
    const Rib& rib = world->simulation().node(world->nodeNamed("St.-Gallen-SG").value()).rib;
    ASSERT_TRUE(rib.selected(chur).exists());
    const auto answer = world->command(world->nodeNamed("St.-Gallen-SG").value(),
                                       "traceroute " + toString(chur.address().plus(1)));
    ASSERT_TRUE(answer.has_value());
    EXPECT_THAT(*answer, HasSubstr("\n 4 ")) << *answer;
}

}  // namespace
}  // namespace peerscape
