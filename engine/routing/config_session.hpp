#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/check.hpp"
#include "engine/base/result.hpp"
#include "engine/command/pattern.hpp"
#include "engine/routing/router_config.hpp"

namespace peerscape {

/// Where a configuration line is understood: "" is the top, then "interface", "router rip", "route-map" …
struct ConfigMode {
    std::string name;
    std::string argument;  ///< "eth0"; "RM 10"
};

/// A router's configuration while its lines are read. Pieces are copied when first edited, so the one in use
/// is untouched.
class ConfigSession {
  public:
    explicit ConfigSession(RouterConfig config) : config_(std::move(config)) {}

    RouterConfig& config() { return config_; }
    const RouterConfig& config() const { return config_; }
    ConfigMode mode;

    /// The protocol's configuration for editing; made with T() when there is none yet. T::kProtocol is its
    /// number.
    template <typename T>
    T& process() {
        auto& slot = config_.processes[T::kProtocol];
        if (std::find(edited_.begin(), edited_.end(), slot.get()) == edited_.end() || slot == nullptr) {
            slot = slot ? std::shared_ptr<const ProcessConfig>(slot->clone()) : std::make_shared<const T>();
            edited_.push_back(slot.get());
        }
        return const_cast<T&>(dynamic_cast<const T&>(*slot));
    }
    template <typename T>
    T& policy() {
        if (!policyIsOurs_) {
            config_.policy = config_.policy ? std::shared_ptr<const SharedPolicy>(config_.policy->clone())
                                            : std::make_shared<const T>();
            policyIsOurs_ = true;
        }
        return const_cast<T&>(dynamic_cast<const T&>(*config_.policy));
    }
    InterfaceConfig& interface(std::string_view name) { return config_.interfaces[std::string(name)]; }

    /// The line is understood but has no effect here; the reader of the configuration is told.
    void warn(std::string message) { warnings_.push_back(std::move(message)); }
    std::vector<std::string> takeWarnings() { return std::exchange(warnings_, {}); }

    /// Protocols by name, as the catalogue knows them ("connected", "static", "rip" …).
    std::function<std::optional<ProtocolId>(std::string_view)> protocolNamed;

  private:
    RouterConfig config_;
    std::vector<const ProcessConfig*> edited_;
    bool policyIsOurs_ = false;
    std::vector<std::string> warnings_;
};

/// One command of the configuration language. The table of these feeds the reader, completion and the
/// documentation.
struct ConfigCommand {
    std::string mode;     ///< where it stands: "", "interface", "router rip" …
    std::string pattern;  ///< FRR's shape, see Pattern
    std::string help;     ///< one sentence
    /// Carries it out; a failure is a sentence about the line.
    std::function<Result<void>(ConfigSession&, const Arguments&)> apply;
    /// Carries out `no …` of the same pattern (a prefix of the line suffices, as FRR has it); empty: cannot
    /// be negated.
    std::function<Result<void>(ConfigSession&, const Arguments&)> undo;
    /// The pattern that `no` takes where it differs from `pattern` (FRR often lets the value be left out).
    std::string undoPattern;
    /// The mode that the line enters ("router rip"), and the names of the arguments whose texts, with a blank
    /// between, become the mode's own ("name sequence" gives "RM 10").
    std::string enters;
    std::string entersArgument;
};

/// Writes `show running-config`: sections in FRR's order, a `!` between them.
class ConfigPrinter {
  public:
    explicit ConfigPrinter(std::function<std::string(ProtocolId)> protocolName)
        : protocolName_(std::move(protocolName)) {}

    /// A line at the present depth.
    void line(std::string_view text) { text_ += std::string(indent_, ' ') + std::string(text) + "\n"; }
    void open(std::string_view header) {
        line(header);
        indent_ += 1;
    }
    /// Ends the block that open() began: "exit" and "!".
    void close() {
        indent_ -= 1;
        line("exit");
        line("!");
    }
    std::string protocolName(ProtocolId id) const { return protocolName_(id); }
    const std::string& text() const { return text_; }

  private:
    std::function<std::string(ProtocolId)> protocolName_;
    std::string text_;
    std::size_t indent_ = 0;
};

}  // namespace peerscape
