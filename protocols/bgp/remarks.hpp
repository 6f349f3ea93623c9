#pragma once

#include <string>
#include <utility>

#include "engine/base/ip_address.hpp"
#include "engine/routing/remark.hpp"
#include "protocols/bgp/verdicts.hpp"

/// What the process notes of routes, as facts. Sessions have their own in session_remarks.hpp.
namespace peerscape::bgp {

/// An announcement that was not believed.
class RefusalRemark final : public Remark {
  public:
    RefusalRemark(const IpAddress& from, const Prefix& prefix, ImportVerdict verdict)
        : from_(from), prefix_(prefix), verdict_(std::move(verdict)) {}

    std::string text() const override;
    void addTo(StableHash& hash) const override;

    const IpAddress& from() const { return from_; }
    const Prefix& prefix() const { return prefix_; }
    const ImportVerdict& verdict() const { return verdict_; }

  private:
    IpAddress from_;
    Prefix prefix_;
    ImportVerdict verdict_;
};

}  // namespace peerscape::bgp
