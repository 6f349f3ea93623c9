#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/command/command_table.hpp"
#include "protocols/static_routes/commands.hpp"
#include "protocols/static_routes/config.hpp"

namespace peerscape::static_routes::test {

/// The least reader of a configuration: the static commands and `no`, nothing else.
class Reader {
  public:
    explicit Reader(std::shared_ptr<const StaticConfig> base = nullptr)
        : session_(routerWith(std::move(base))) {
        for (const ConfigCommand& command : commands_)
            matcher_.add(command.pattern, command.help);
    }

    /// The error of the first line that has one; empty: none.
    std::string read(std::string_view text) {
        for (const auto line : split(text, '\n')) {
            const auto result = readLine(line);
            for (auto& warning : session_.takeWarnings())
                warnings_.push_back(std::move(warning));
            if (!result) return result.error().message;
        }
        return "";
    }
    const StaticConfig& config() { return session_.process<StaticConfig>(); }
    std::shared_ptr<const StaticConfig> shared() { return std::make_shared<const StaticConfig>(config()); }
    const std::vector<std::string>& warnings() const { return warnings_; }
    std::string print() {
        ConfigPrinter printer([](ProtocolId) { return "static"; });
        printRouter(config(), printer);
        return printer.text();
    }

  private:
    static RouterConfig routerWith(std::shared_ptr<const StaticConfig> base) {
        RouterConfig router;
        if (base != nullptr) router.processes[kStatic] = std::move(base);
        return router;
    }
    Result<void> readLine(std::string_view line) {
        auto words = splitWords(line);
        const bool isUndo = !words.empty() && words.front() == "no";
        if (isUndo) words.erase(words.begin());
        const auto match = matcher_.match(words);
        if (!match) return failure(describe(match.error(), words));
        const ConfigCommand& command = commands_[match->index];
        return (isUndo ? command.undo : command.apply)(session_, match->arguments);
    }

    std::vector<ConfigCommand> commands_ = configCommands();
    CommandMatcher matcher_;
    ConfigSession session_;
    std::vector<std::string> warnings_;
};

}  // namespace peerscape::static_routes::test
