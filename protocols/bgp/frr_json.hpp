#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace peerscape::bgp {

/// Keys keep the order in which they were put.
using Json = nlohmann::ordered_json;

/// The value in the layout that FRR prints: two blanks a level, no blank behind a colon, a newline at the
/// end.
std::string frrText(const Json& json);

}  // namespace peerscape::bgp
