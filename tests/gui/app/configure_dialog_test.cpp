#include "gui/app/configure_dialog.hpp"

#include <QTimer>

#include "gui/panels/config_editor.hpp"
#include "tests/gui/app/window_fixture.hpp"

namespace peerscape::gui {
namespace {

class ConfigureDialogTest : public WindowTest {
  protected:
    /// Types into the dialog that the action opens, and takes it where that is possible.
    void configure(const QString& lines, bool isRight) {
        QTimer::singleShot(0, &window_, [=] {
            auto* dialog = qobject_cast<ConfigureDialog*>(QApplication::activeModalWidget());
            ASSERT_NE(dialog, nullptr);
            EXPECT_FALSE(dialog->canBeTaken()) << "nothing has been typed";
            dialog->editor().setPlainText(lines);
            EXPECT_EQ(dialog->canBeTaken(), isRight) << lines.toStdString();
            dialog->accept();
        });
        act("configure");
        settle();
        // What the router makes of it, such as starting a process, happens within the instant.
        window_.session().seek(shot().now);
        settle();
    }
    bool hasRoute(const char* prefix) {
        const auto& routes = shot().tables.routes;
        return std::ranges::any_of(routes, [&](const RouteRow& row) { return row.prefix == prefix; });
    }
};

TEST_F(ConfigureDialogTest, LinesAreAnActionAtThisInstantAndTheLabStays) {
    open(kSquare);
    const std::string before = text();
    act("converge");
    window_.scene().select({{"A"}, {}, {}});
    settle();
    const SimTime now = shot().now;
    ASSERT_FALSE(hasRoute("10.9.0.0/16"));
    configure("ip route 10.9.0.0/16 1.1.1.2\n\n", true);
    EXPECT_TRUE(hasRoute("10.9.0.0/16"));
    EXPECT_EQ(shot().now, now);
    EXPECT_TRUE(hasRoute("10.4.0.0/16")) << "what it had before is still there";
    EXPECT_EQ(text(), before);
    configure("no ip route 10.9.0.0/16 1.1.1.2", true);
    EXPECT_FALSE(hasRoute("10.9.0.0/16"));
}

TEST_F(ConfigureDialogTest, WhatTheRouterWouldNotUnderstandIsNotTaken) {
    open(kSquare);
    act("converge");
    window_.scene().select({{"A"}, {}, {}});
    settle();
    const std::uint64_t before = shot().fingerprint;
    configure("make it so", false);
    EXPECT_EQ(shot().fingerprint, before);
}

}  // namespace
}  // namespace peerscape::gui
