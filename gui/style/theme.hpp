#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

namespace peerscape::gui {

/// The colours of the drawing and the panels, light or dark. Whatever has a meaning has a shape as well; the
/// colours of protocols and faults can be told apart by colour-blind people (Okabe and Ito, "Color Universal
/// Design", 2008).
struct Theme {
    bool isDark = false;
    QColor canvas;     ///< behind everything
    QColor grid;       ///< dots on it
    QColor surface;    ///< of nodes
    QColor outline;    ///< of nodes
    QColor text;       ///< names
    QColor faintText;  ///< addresses, properties
    QColor cable;      ///< a link that works
    QColor accent;     ///< what is selected, and where packets go
    QColor good;       ///< up, passed
    QColor bad;        ///< down, failed, lost
    QColor waiting;    ///< expects change, inconclusive
    QColor muted;      ///< what lies ahead, or is off

    static const Theme& light();
    static const Theme& dark();
    /// The one that goes with a palette.
    static const Theme& of(const QPalette& palette);

    /// Of a protocol, by its name in lab files; a neutral one for all others.
    QColor ofProtocol(const QString& protocol) const;
    /// Tints of groups, by their place in the lab.
    QColor ofGroup(int index) const;
    /// The palette of the widgets.
    QPalette palette() const;
};

}  // namespace peerscape::gui
