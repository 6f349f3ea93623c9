#include "protocols/policy/policy_set.hpp"

#include <fmt/format.h>

#include "engine/base/check.hpp"

namespace peerscape::policy {
namespace {

template <typename List>
std::string denialIn(const List* list, const Prefix& prefix) {
    if (list == nullptr) return "there is no such list";
    for (const auto& [number, entry] : list->entries) {
        if (entry.matches(prefix)) return fmt::format("seq {} {}", number, entry.text());
    }
    return "no entry of it matches";
}

}  // namespace

const PolicySet& policyOf(const SharedPolicy* policy) {
    static const PolicySet kNothing;
    if (policy == nullptr) return kNothing;
    const auto* ours = dynamic_cast<const PolicySet*>(policy);
    PEERSCAPE_CHECK(ours != nullptr);
    return *ours;
}

std::string denial(const PolicySet& lists, Family family, std::string_view list, bool isPrefixList,
                   const Prefix& prefix) {
    return isPrefixList ? denialIn(lists.prefixList(family, list), prefix)
                        : denialIn(lists.accessList(family, list), prefix);
}

}  // namespace peerscape::policy
