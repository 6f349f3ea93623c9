#include "protocols/policy/policy_set.hpp"

#include "engine/base/check.hpp"

namespace peerscape::policy {

const PolicySet& policyOf(const SharedPolicy* policy) {
    static const PolicySet kNothing;
    if (policy == nullptr) return kNothing;
    const auto* ours = dynamic_cast<const PolicySet*>(policy);
    PEERSCAPE_CHECK(ours != nullptr);
    return *ours;
}

}  // namespace peerscape::policy
