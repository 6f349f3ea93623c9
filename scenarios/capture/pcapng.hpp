#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/bytes.hpp"
#include "engine/base/time.hpp"

/// Captures: what went over each link, frame by frame, in files that Wireshark and tshark open.
///
/// This file: the blocks of a pcapng file as bytes (draft-ietf-opsawg-pcapng), all numbers little-endian, all
/// texts UTF-8.
namespace peerscape::capture {

/// What a file says of itself as a whole.
struct SectionInfo {
    std::string comment;      ///< empty: none
    std::string application;  ///< the program that wrote it
};
/// What captures of a run say of themselves.
SectionInfo sectionOfRun(std::string_view title, std::uint64_t seed, std::string program);

struct InterfaceInfo {
    std::string name;  ///< "A:eth0"
    std::string description;
    std::uint64_t macAddress = 0;  ///< lower 48 bits
};

/// One frame, as its sender put it on the wire.
struct FrameInfo {
    std::uint32_t interface = 0;  ///< of the sender: position of its block in the file, counted from 0
    SimTime time;
    Bytes bytes;
    std::string comment;
};

/// Section 4.1: begins a file. The length of the section is left open, for the file is written as the run
/// goes on.
Bytes sectionHeaderBlock(const SectionInfo& section);
/// Section 4.2: an Ethernet interface whose time stamps count nanoseconds.
Bytes interfaceDescriptionBlock(const InterfaceInfo& interface);
/// Section 4.3: a whole frame, outbound. The start of the lab stands where other captures have 1970-01-01.
Bytes enhancedPacketBlock(const FrameInfo& frame);

}  // namespace peerscape::capture
