#include "engine/base/result.hpp"

namespace peerscape {

std::string toString(const SourcePlace& place) {
    std::string text = place.file;
    if (place.line != 0) text += ":" + std::to_string(place.line);
    if (place.line != 0 && place.column != 0) text += ":" + std::to_string(place.column);
    return text;
}

std::string toString(const Error& error) {
    const std::string place = toString(error.place);
    return place.empty() ? error.message : place + ": " + error.message;
}

}  // namespace peerscape
