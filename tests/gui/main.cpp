// The tests of the desktop program share one application, without a screen.
#include <QApplication>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    QApplication::setApplicationName("Peerscape tests");
    QApplication::setOrganizationName("Peerscape tests");
    QApplication::setStyle("Fusion");
    return RUN_ALL_TESTS();
}
