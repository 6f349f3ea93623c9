#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/routing/remark.hpp"
#include "protocols/eigrp/dual_effects.hpp"
#include "protocols/eigrp/transport_effects.hpp"

/// What EIGRP notes often, as facts that become sentences when somebody reads them. Explanations read the
/// facts.
namespace peerscape::eigrp {

/// A neighbour comes or goes.
class NeighborRemark final : public Remark {
  public:
    enum class Kind : std::uint8_t { Pending, Up, Down };
    NeighborRemark(Kind kind, const IpAddress& address, std::string interface, DownReason reason = {});

    std::string text() const override;
    void addTo(StableHash& hash) const override;

    Kind kind() const { return kind_; }
    const IpAddress& address() const { return address_; }
    const std::string& interface() const { return interface_; }
    /// Of one that is down.
    DownReason reason() const { return reason_; }

  private:
    Kind kind_;
    DownReason reason_;
    IpAddress address_;
    std::string interface_;
};

/// A destination's computation begins, goes on, or ends (RFC 7868, 3.5).
class ComputationRemark final : public Remark {
  public:
    /// A hub with hundreds of neighbours hears as many replies: only so many of the awaited are kept by name.
    static constexpr std::size_t kMostNamed = 6;
    struct Facts {
        Prefix prefix;
        dual::Passed passed;
        /// Passed::neighbor; none: there is none, or it is lost.
        std::optional<IpAddress> neighbor;
        std::vector<IpAddress> awaited;  ///< who still has to reply, after this; at most kMostNamed
        std::size_t awaitedCount = 0;    ///< all of them
        /// Passive again: through whom (unspecified: this router itself) and how far; none: nobody has a way.
        std::optional<IpAddress> gateway;
        dual::CompositeDistance distance;
    };
    explicit ComputationRemark(Facts facts);

    std::string text() const override;
    void addTo(StableHash& hash) const override;

    const Facts& facts() const { return facts_; }

  private:
    Facts facts_;
};

}  // namespace peerscape::eigrp
