#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>

#include "engine/routing/router_config.hpp"
#include "protocols/bgp/attributes.hpp"
#include "protocols/bgp/policy_door.hpp"

namespace peerscape::bgp {

/// What import route-maps have just said of attributes, at whatever router.
///
/// A speaker tells hundreds of neighbours the very same attributes, and these ask their route-maps one after
/// the other. Where the configuration that they ask is one and the same in memory, so is the answer: it is
/// not worked out again, and all of them keep one copy of what it made of the attributes. It is the caller
/// who makes sure that the route-map asks nothing but attributes (policy::hangsOnAttributesOnly).
///
/// Attributes and policy are never changed once they are shared, and those remembered here are kept: their
/// places in memory stand for them.
class ImportMemo {
  public:
    struct Answer {
        PolicyAnswer said;
        SharedAttributes attributes;  ///< as the route-map leaves them
    };

    /// Each thread has its own, and lives as long as it.
    static ImportMemo& ofThread();

    /// Null: it is not remembered. Valid until the next keep().
    const Answer* find(const SharedPolicy* policy, const std::string& routeMap,
                       const SharedAttributes& received) const;
    /// Remembers it, and forgets the oldest one.
    void keep(std::shared_ptr<const SharedPolicy> policy, const std::string& routeMap,
              const SharedAttributes& received, Answer answer);

  private:
    /// As many as one speaker has kinds of neighbours, twice over.
    static constexpr std::size_t kKept = 8;

    struct Question {
        std::shared_ptr<const SharedPolicy> policy;
        std::string routeMap;
        SharedAttributes received;
    };
    std::array<const PathAttributes*, kKept> received_{};  ///< of the questions, to be looked through
    std::array<Question, kKept> questions_;
    std::array<Answer, kKept> answers_;
    std::size_t oldest_ = 0;
};

}  // namespace peerscape::bgp
