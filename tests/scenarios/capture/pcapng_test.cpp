/// Blocks, byte by byte, against the layouts of draft-ietf-opsawg-pcapng sections 4.1 to 4.3.
#include "scenarios/capture/pcapng.hpp"

#include <gtest/gtest.h>

namespace peerscape::capture {
namespace {

TEST(Pcapng, SectionHeaderSaysByteOrderAndVersionAndLeavesItsLengthOpen) {
    EXPECT_EQ(toHex(sectionHeaderBlock({"lab", "P 1.0"})),
              "0a 0d 0d 0a 34 00 00 00 4d 3c 2b 1a 01 00 00 00 ff ff ff ff ff ff ff ff "
              "01 00 03 00 6c 61 62 00 04 00 05 00 50 20 31 2e 30 00 00 00 00 00 00 00 34 00 00 00");
}

TEST(Pcapng, ABlockWithoutOptionsHasNoEndOfOptionsEither) {
    EXPECT_EQ(toHex(sectionHeaderBlock({})),
              "0a 0d 0d 0a 1c 00 00 00 4d 3c 2b 1a 01 00 00 00 ff ff ff ff ff ff ff ff 1c 00 00 00");
}

TEST(Pcapng, InterfaceIsEthernetWithNameMacAddressAndNanoseconds) {
    EXPECT_EQ(toHex(interfaceDescriptionBlock({"A:eth0", "link ab", 0x020000010001})),
              "01 00 00 00 44 00 00 00 01 00 00 00 00 00 00 00 "
              "02 00 06 00 41 3a 65 74 68 30 00 00 03 00 07 00 6c 69 6e 6b 20 61 62 00 "
              "06 00 06 00 02 00 00 01 00 01 00 00 09 00 01 00 09 00 00 00 00 00 00 00 44 00 00 00");
}

TEST(Pcapng, FrameHasTimeLengthsDirectionAndComment) {
    FrameInfo frame;
    frame.interface = 1;
    frame.time = SimTime::atNanoseconds(0x123456789abcdef0);
    frame.bytes = {1, 2, 3, 4, 5};
    frame.comment = "record 7";
    EXPECT_EQ(toHex(enhancedPacketBlock(frame)),
              "06 00 00 00 40 00 00 00 01 00 00 00 78 56 34 12 f0 de bc 9a 05 00 00 00 05 00 00 00 "
              "01 02 03 04 05 00 00 00 02 00 04 00 02 00 00 00 "
              "01 00 08 00 72 65 63 6f 72 64 20 37 00 00 00 00 40 00 00 00");
}

TEST(Pcapng, BlocksEndOnFourBytesWhateverTheyHold) {
    for (std::size_t n = 0; n < 9; ++n) {
        FrameInfo frame;
        frame.bytes = Bytes(n, 0xff);
        frame.comment = std::string(n, 'c');
        EXPECT_EQ(enhancedPacketBlock(frame).size() % 4, 0U) << n;
        EXPECT_EQ(sectionHeaderBlock({std::string(n, 'c'), ""}).size() % 4, 0U) << n;
    }
}

TEST(Pcapng, ATextThatIsTooLongForAnOptionIsCut) {
    const Bytes block = sectionHeaderBlock({std::string(70'000, 'x'), ""});
    EXPECT_EQ(block.size(), 24U + 4U + 65'536U + 4U + 4U);
    EXPECT_EQ(block[26], 0xff);
    EXPECT_EQ(block[27], 0xff);
}

}  // namespace
}  // namespace peerscape::capture
