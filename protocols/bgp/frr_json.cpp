#include "protocols/bgp/frr_json.hpp"

#include <nlohmann/json.hpp>

namespace peerscape::bgp {
namespace {

void writeJson(std::string& text, const Json& json, std::size_t depth) {
    if (!json.is_structured()) {
        text += json.dump();
        return;
    }
    text += json.is_object() ? '{' : '[';
    bool isFirst = true;
    for (const auto& [key, value] : json.items()) {
        text += isFirst ? "\n" : ",\n";
        isFirst = false;
        text.append(2 * (depth + 1), ' ');
        if (json.is_object()) text += Json(key).dump() + ":";
        writeJson(text, value, depth + 1);
    }
    text += '\n';
    text.append(2 * depth, ' ');
    text += json.is_object() ? '}' : ']';
}

}  // namespace

std::string frrText(const Json& json) {
    std::string text;
    writeJson(text, json, 0);
    return text + "\n";
}

}  // namespace peerscape::bgp
