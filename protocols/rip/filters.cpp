#include "protocols/rip/filters.hpp"

namespace peerscape::rip {
std::optional<bool> Filters::accessList(std::string_view, const Prefix&) const { (void)policy_; (void)family_; return std::nullopt; }
std::optional<bool> Filters::prefixList(std::string_view, const Prefix&) const { return std::nullopt; }
bool Filters::hasRouteMap(std::string_view) const { return false; }
bool Filters::permits(std::string_view, MappedRoute&, const Env&) const { return false; }
}  // namespace peerscape::rip
