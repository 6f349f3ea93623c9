/// TO BE REPLACED by the process of EIGRP: a process that does nothing but say so, while the configuration is
/// all there is. It is only reached through EigrpProcessConfig::start().
#include "protocols/eigrp/process_config.hpp"

namespace peerscape::eigrp {
namespace {

class IdleProcess final : public Process {
  public:
    void handle(const Env&, const Input& input, Outbox& out) override {
        if (std::holds_alternative<Started>(input))
            out.note("EIGRP is configured, but not simulated yet: it does nothing", Note::Level::Problem);
    }
    SimTime nextDeadline() const override { return SimTime::never(); }
    std::unique_ptr<Process> clone() const override { return std::make_unique<IdleProcess>(*this); }
    bool settled(SimTime, SimTime) const override { return true; }
    std::uint64_t stateHash() const override { return 0; }
};

}  // namespace

std::unique_ptr<Process> EigrpProcessConfig::start(std::shared_ptr<const ProcessConfig>, RandomStream) const {
    return std::make_unique<IdleProcess>();
}

}  // namespace peerscape::eigrp
