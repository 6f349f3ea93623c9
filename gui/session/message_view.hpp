#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/time.hpp"

/// One event looked at closely: what a packet says, and what came of it.
namespace peerscape::gui {

/// A field of a packet: its name, its value in words, which bytes it is, and the fields in it.
struct FieldView {
    std::string name;
    std::string value;
    std::size_t offset = 0;  ///< bytes from the beginning of the IP packet
    std::size_t size = 0;    ///< 0: it says something about all, and no byte is it
    std::vector<FieldView> fields;

    friend bool operator==(const FieldView&, const FieldView&) = default;
};

/// Something that followed from the event, in a sentence.
struct ConsequenceView {
    std::uint64_t id = 0;  ///< the record's number
    SimTime time;
    std::string node;
    std::string text;
    std::size_t depth = 0;  ///< how many records lie between it and the event
};

struct MessageView {
    std::uint64_t id = 0;  ///< of the event
    SimTime time;
    std::string node;
    std::string text;                 ///< what happened
    std::string cause;                ///< and why, in a sentence; empty: nothing was before it
    std::vector<std::uint8_t> bytes;  ///< of the IP packet; empty: the event is no packet
    std::vector<FieldView> layers;
    std::vector<ConsequenceView> consequences;  ///< in their order; the first of very many
};

using MessageViewPtr = std::shared_ptr<const MessageView>;

}  // namespace peerscape::gui
