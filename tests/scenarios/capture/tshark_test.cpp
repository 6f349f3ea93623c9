/// What another program sees in our captures: every lab, every kind of packet, through tshark.
#include "tests/scenarios/capture/tshark.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocols/rip/wire.hpp"
#include "scenarios/capture/ethernet.hpp"
#include "scenarios/runner/run_captures.hpp"
#include "tests/scenarios/capture/traffic.hpp"

namespace peerscape::capture {
namespace {

const std::filesystem::path kLabs = std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "scenarios/labs";

const std::vector<std::string> kRip{"rip.command", "rip.ip",       "rip.netmask",
                                    "rip.metric",  "rip.next_hop", "rip.route_tag"};
const std::vector<std::string> kRipng{"ripng.cmd", "ripng.rte.ipv6_prefix", "ripng.rte.prefix_length",
                                      "ripng.rte.metric", "ripng.rte.route_tag"};

void add(std::string& list, const std::string& value) { list += (list.empty() ? "" : ";") + value; }

std::string maskOf(const rip::RipEntry& entry) {
    const std::uint8_t length = entry.lacksMask ? 0 : entry.prefix.length();
    return toString(IpAddress::v4(length == 0 ? 0 : UINT32_MAX << (32 - length)));
}

/// The fields of RIPv2 as tshark should print them.
SharkFrame ripFields(const rip::RipContent& content) {
    SharkFrame fields;
    for (const std::string& name : kRip)
        fields[name] = "";
    fields["rip.command"] = fmt::format("{}", static_cast<int>(content.command));
    const bool hasMasks = content.version == 2;
    if (content.asksForAll) {
        fields["rip.metric"] = "16";
        if (!hasMasks) return fields;
        fields["rip.netmask"] = fields["rip.next_hop"] = "0.0.0.0";
        fields["rip.route_tag"] = "0";
    }
    for (const rip::RipEntry& entry : content.entries) {
        add(fields["rip.ip"], toString(entry.prefix.address()));
        add(fields["rip.metric"], fmt::format("{}", entry.metric));
        if (!hasMasks) continue;
        add(fields["rip.netmask"], maskOf(entry));
        add(fields["rip.next_hop"], toString(entry.nextHop));
        add(fields["rip.route_tag"], fmt::format("{}", entry.tag));
    }
    return fields;
}

/// The fields of RIPng; a next hop is an entry of its own (RFC 2080 section 2.1.1).
SharkFrame ripngFields(const rip::RipContent& content) {
    SharkFrame fields;
    for (const std::string& name : kRipng)
        fields[name] = "";
    fields["ripng.cmd"] = fmt::format("{}", static_cast<int>(content.command));
    const auto addEntry = [&](const IpAddress& address, int length, std::uint32_t metric, std::uint16_t tag) {
        add(fields["ripng.rte.ipv6_prefix"], toString(address));
        add(fields["ripng.rte.prefix_length"], fmt::format("{}", length));
        add(fields["ripng.rte.metric"], fmt::format("{}", metric));
        add(fields["ripng.rte.route_tag"], fmt::format("0x{:04x}", tag));
    };
    if (content.asksForAll) addEntry(IpAddress::any(Family::IPv6), 0, 16, 0);
    IpAddress nextHop = IpAddress::any(Family::IPv6);
    for (const rip::RipEntry& entry : content.entries) {
        if (entry.nextHop != nextHop) addEntry(entry.nextHop, 0, 255, 0);
        nextHop = entry.nextHop;
        addEntry(entry.prefix.address(), entry.prefix.length(), entry.metric, entry.tag);
    }
    return fields;
}

/// What tshark should say of the packet's routes; nothing of packets without.
SharkFrame expectedFields(const Packet& packet) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (packet.protocol != kIpProtocolUdp || packet.destinationPort != rip::portOf(family) ||
            packet.source.family() != family)
            continue;
        const auto content = rip::decode(family, packet.payload.bytes());
        EXPECT_TRUE(content.has_value());
        if (content) return family == Family::IPv4 ? ripFields(*content) : ripngFields(*content);
    }
    return {};
}

/// A lab that has run with captures, and the packets that its records say were sent on each link.
struct CapturedLab {
    explicit CapturedLab(const std::filesystem::path& lab) : loaded(loadWorld(lab, {})) {
        EXPECT_TRUE(loaded.world);
        StepRunner runner(*loaded.world, {});
        auto captures = RunCaptures::open(*loaded.world, folder.path());
        EXPECT_TRUE(captures.has_value());
        (*captures)->follow(runner);
        runner.readAlong({{}, [this](std::span<const Record> records) { take(records); }});
        while (!runner.isDone())
            runner.runNext();
        EXPECT_TRUE((*captures)->finish().has_value());
    }
    void take(std::span<const Record> records) {
        const Topology& topology = loaded.world->simulation().topology();
        for (const Record& r : records) {
            const auto* packet = std::get_if<record::PacketSent>(&r.what);
            if (packet == nullptr) continue;
            const InterfaceRef from{r.node, packet->interface};
            sent[topology.segment(topology.interface(from).segment).name].push_back(
                {packet->packet, topology.nameOf(from), r.id});
        }
    }

    struct Sent {
        PacketPtr packet;
        std::string interface;
        RecordId record;
    };
    WorldOutcome loaded;
    TemporaryFolder folder;
    std::map<std::string, std::vector<Sent>> sent;  ///< by link
};

/// Frames as they came out of a link that damages them; tshark may find with them what it likes.
bool isDamaged(const SharkFrame& frame) {
    return frame.at("frame.comment").find(": damaged, as record ") != std::string::npos;
}

void compare(std::vector<SharkFrame> seen, const std::vector<CapturedLab::Sent>& sent,
             const std::string& place) {
    std::erase_if(seen, isDamaged);
    ASSERT_EQ(seen.size(), sent.size()) << place;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        // Routers pass on what a link before them has damaged.
        if (!sent[i].packet->isDamaged) expectFine(seen[i], place);
        EXPECT_EQ(seen[i].at("frame.interface_name"), sent[i].interface) << place << " frame " << i + 1;
        EXPECT_TRUE(
            seen[i].at("frame.comment").starts_with(fmt::format("record {}", sent[i].record.value())));
        for (const auto& [field, value] : expectedFields(*sent[i].packet))
            EXPECT_EQ(seen[i].at(field), value) << place << " frame " << i + 1 << ": " << field;
    }
}

class TsharkReads : public testing::TestWithParam<std::string> {};

TEST_P(TsharkReads, EveryFrameAndEveryRoute) {
    CapturedLab lab(kLabs / GetParam());
    std::vector<std::string> fields = verdictFields();
    fields.insert(fields.end(), kRip.begin(), kRip.end());
    fields.insert(fields.end(), kRipng.begin(), kRipng.end());
    const auto segments = lab.loaded.world->simulation().topology().segments();
    std::map<std::string, TsharkRun> runs;
    for (const Segment& segment : segments) {
        const std::filesystem::path file = lab.folder.path() / (segment.name + ".pcapng");
        // Many stub networks are silent, and each tshark takes its time.
        if (lab.sent.contains(segment.name)) {
            runs.emplace(segment.name, TsharkRun(file, fields));
        } else {
            EXPECT_TRUE(ReadCapture(file).frames.empty()) << file;
        }
    }
    for (auto& [name, run] : runs)
        compare(run.frames(), lab.sent[name], GetParam() + " " + name);
}

std::vector<std::string> labs() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(kLabs)) {
        if (std::filesystem::exists(entry.path() / "lab.yaml")) names.push_back(entry.path().filename());
    }
    std::sort(names.begin(), names.end());
    return names;
}

INSTANTIATE_TEST_SUITE_P(Labs, TsharkReads, testing::ValuesIn(labs()), [](const auto& lab) {
    std::string name = lab.param;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; },
        '_');
    return name;
});

TEST(Tshark, FindsNothingWrongWithAnyKindOfPacket) {
    Traffic traffic;
    traffic.run();
    for (const char* file : {"ab.pcapng", "bc.pcapng"}) {
        const auto frames = TsharkRun(traffic.folder.path() / file, verdictFields()).frames();
        EXPECT_EQ(frames.size(), traffic.read(file).frames.size());
        for (const SharkFrame& frame : frames)
            expectFine(frame, file);
    }
}

TEST(Tshark, OpensACaptureWithoutFrames) {
    CaptureBench bench;
    (void)bench.router("A");
    (void)bench.lan("lan", {"A:eth0 10.0.0.1/24"});
    bench.begin();
    bench.finish();
    EXPECT_TRUE(TsharkRun(bench.folder.path() / "lan.pcapng", verdictFields()).frames().empty());
}

// Otherwise the tests above could pass because nothing is ever found wrong.
TEST(Tshark, FindsChecksumsThatAreWrong) {
    TemporaryFolder folder;
    std::string file;
    const auto append = [&](const Bytes& block) { file.append(block.begin(), block.end()); };
    append(sectionHeaderBlock({}));
    append(interfaceDescriptionBlock({"A:eth0", "", 1}));
    for (const std::size_t changed : {0U, 24U, 50U}) {
        FrameInfo frame;
        frame.bytes = ethernetFrame(1, 2, SimBench::udp("10.0.0.1", "10.0.0.2", 9, 20));
        if (changed > 0) frame.bytes[changed] ^= 1;
        append(enhancedPacketBlock(frame));
    }
    const auto seen = TsharkRun(folder.write("wrong.pcapng", file), verdictFields()).frames();
    ASSERT_EQ(seen.size(), 3U);
    expectFine(seen[0], "the frame that was not changed");
    EXPECT_EQ(seen[1].at("ip.checksum.status"), "0");
    EXPECT_EQ(seen[2].at("ip.checksum.status"), "1");
    EXPECT_EQ(seen[2].at("udp.checksum.status"), "0");
}

}  // namespace
}  // namespace peerscape::capture
